import { calculateJwkThumbprint, createLocalJWKSet, CompactEncrypt, compactDecrypt, decodeProtectedHeader, errors, generateKeyPair, importJWK, jwtVerify, SignJWT } from 'jose';
import pairs from './keys.json';

interface Env {
  ISSUER: string;
  SECRET: string;
}

const users = new Map([['ada', 'lovelace']]);
type Alg = keyof typeof pairs;

/** The public halves. */
const keys = {
  keys: (Object.keys(pairs) as Alg[]).map((alg) => {
    const { kty, crv, x, y, n, e } = pairs[alg] as Record<string, string>;
    return { kty, crv, x, y, n, e, kid: alg, alg, use: 'sig' };
  }),
};

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const { pathname } = new URL(request.url);
    const secret = new TextEncoder().encode(env.SECRET);
    switch (pathname) {
      case '/login': {
        const { user, password, alg = 'HS256' } = await request.json() as { user: string; password: string; alg?: string };
        if (users.get(user) !== password) return Response.json({ error: 'wrong user or password' }, { status: 401 });
        const token = new SignJWT({ role: 'admin' }).setProtectedHeader({ alg, kid: alg }).setSubject(user).setIssuer(env.ISSUER).setAudience('app').setIssuedAt().setExpirationTime('1h');
        return Response.json({ token: await token.sign(alg === 'HS256' ? secret : await importJWK(pairs[alg as Alg], alg)) });
      }
      case '/me': {
        const token = request.headers.get('authorization')?.replace(/^Bearer /, '') ?? '';
        try {
          const { alg } = decodeProtectedHeader(token);
          const options = { issuer: env.ISSUER, audience: 'app' };
          const { payload, protectedHeader } = alg === 'HS256' ? await jwtVerify(token, secret, options) : await jwtVerify(token, createLocalJWKSet(keys), options);
          return Response.json({ sub: payload.sub, role: payload.role, alg: protectedHeader.alg });
        } catch (error) {
          const code = error instanceof errors.JOSEError ? error.code : String(error);
          return Response.json({ code }, { status: 401, headers: { 'www-authenticate': 'Bearer' } });
        }
      }
      case '/jwks': return Response.json({ ...keys, thumbprint: (await calculateJwkThumbprint(keys.keys[0])).length });
      case '/expired': return Response.json({ token: await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).setIssuer(env.ISSUER).setAudience('app').setExpirationTime(1).sign(secret) });
      case '/encrypted': {
        const { publicKey, privateKey } = await generateKeyPair('ECDH-ES+A256KW');
        const jwe = await new CompactEncrypt(new TextEncoder().encode('for your eyes')).setProtectedHeader({ alg: 'ECDH-ES+A256KW', enc: 'A256GCM' }).encrypt(publicKey);
        return new Response(new TextDecoder().decode((await compactDecrypt(jwe, privateKey)).plaintext));
      }
      default: return new Response('not here', { status: 404 });
    }
  },
};
