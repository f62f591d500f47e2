import crypto from 'node:crypto';
import { promisify } from 'node:util';

const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const hex = (b) => Buffer.from(b).toString('hex');
const PKCS8 = '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC\n-----END PRIVATE KEY-----\n';
const SEC1 = '-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1aY/PuoAoGCCqGSM49\nAwEHoUQDQgAEPR3tU2Fta9ktY+6P9G0cWO+0kETA6SFs38GecTyudlHz6xvCdz8q\nEKTcWGekdmdDPsHloRNtsiCa697B2O9IFA==\n-----END EC PRIVATE KEY-----\n';
/** Encrypts and decrypts piece by piece: how much each piece gives, and what all of them give. */
const piecewise = (name, key, iv) => {
  const authenticated = /gcm|ccm|poly/.test(name);
  const plain = Buffer.from('The quick brown fox jumps over the lazy dog, twice, and then some more.');
  const ends = name.includes('ccm') ? [plain.length] : [5, 21, 21, 40, plain.length];
  const through = (cipher, text) => {
    const pieces = ends.map((end, i) => cipher.update(text.subarray(ends[i - 1] ?? 0, end)));
    const lengths = [...pieces, cipher.final()].map((piece) => piece.length);
    return [lengths.join(), Buffer.concat(pieces)];
  };
  const options = { authTagLength: authenticated ? 16 : undefined };
  const c = crypto.createCipheriv(name, key, iv, options);
  if (authenticated) c.setAAD(Buffer.from('aad'), { plaintextLength: plain.length });
  const [lengths, text] = through(c, plain);
  const open = (tag) => {
    const d = crypto.createDecipheriv(name, key, iv, options);
    if (authenticated) d.setAuthTag(tag).setAAD(Buffer.from('aad'), { plaintextLength: plain.length });
    return through(d, text);
  };
  const tag = authenticated ? c.getAuthTag() : Buffer.alloc(16);
  const [opened, back] = open(tag);
  let wrong = 'not checked';
  if (authenticated) try { wrong = open(Buffer.alloc(16)); } catch (error) { wrong = error.message; }
  return [name, lengths, hex(text), hex(tag), opened, back.toString(), wrong];
};
const cipherText = (name, keyBytes, ivBytes, options, aad) => {
  const key = Buffer.alloc(keyBytes, 'k');
  const iv = ivBytes === 0 ? null : Buffer.alloc(ivBytes, 'i');
  const c = crypto.createCipheriv(name, key, iv, options);
  if (aad) c.setAAD(Buffer.from(aad), { plaintextLength: 23 });
  let out = c.update('some text of 23 letters', 'utf8', 'hex') + c.final('hex');
  const tag = aad !== undefined ? c.getAuthTag() : undefined;
  const d = crypto.createDecipheriv(name, key, iv, options);
  if (tag) d.setAuthTag(tag);
  if (aad) d.setAAD(Buffer.from(aad), { plaintextLength: 23 });
  return [out, tag && hex(tag), d.update(out, 'hex', 'utf8') + d.final('utf8')];
};
export default {
  'hashes': () => ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-256', 'ripemd160', 'blake2b512', 'blake2s256', 'SHA256', 'RSA-SHA256', 'shake128'].map((h) => crypto.createHash(h).update('abc').update(Buffer.from('d')).digest('hex')),
  'hash output length': () => crypto.createHash('shake256', { outputLength: 20 }).update('x').digest('base64'),
  'hash encodings': () => [crypto.createHash('md5').update('ff', 'hex').digest('base64url'), crypto.createHash('md5').update('é', 'latin1').digest('latin1'), crypto.createHash('sha1').digest()],
  'hash copy': () => { const h = crypto.createHash('sha256').update('a'); const c = h.copy().update('b'); return [h.digest('hex'), c.digest('hex')]; },
  'hash twice': () => { const h = crypto.createHash('md5'); h.digest(); h.digest(); },
  'hash update after': () => { const h = crypto.createHash('md5'); h.digest(); h.update('a'); },
  'hash unknown': () => { try { crypto.createHash('nope'); } catch (e) { return e.message; } },
  'hash of a number': () => crypto.createHash('md5').update(5),
  'hash stream': async () => { const h = crypto.createHash('sha256'); h.write('a'); h.end('b'); let out; for await (const c of h) out = c; return out; },
  'hmac': () => ['md5', 'sha1', 'sha256', 'sha512', 'sha3-256', 'ripemd160'].map((h) => crypto.createHmac(h, 'key').update('data').digest('hex')),
  'hmac empty key': () => crypto.createHmac('sha256', '').update('').digest('hex'),
  'hmac key object': () => crypto.createHmac('sha256', crypto.createSecretKey(Buffer.from('k'))).update('x').digest('hex'),
  'hmac unknown': () => crypto.createHmac('nope', 'k'),
  'hmac no key': () => crypto.createHmac('sha256', null),
  'pbkdf2': async () => [hex(crypto.pbkdf2Sync('pw', 'salt', 10, 40, 'sha512')), hex(await promisify(crypto.pbkdf2)('pw', 'salt', 5, 20, 'sha1')), hex(crypto.pbkdf2Sync('', '', 1, 16, 'sha256'))],
  'pbkdf2 wrong': () => crypto.pbkdf2Sync('p', 's', 0, 1, 'sha1'),
  'pbkdf2 unknown': () => crypto.pbkdf2Sync('p', 's', 1, 1, 'nope'),
  'scrypt': async () => [hex(crypto.scryptSync('pw', 'NaCl', 32, { N: 64 })), hex(await promisify(crypto.scrypt)('pw', 'salt', 16, { cost: 16, blockSize: 2, parallelization: 2 }))],
  'scrypt wrong': () => crypto.scryptSync('p', 's', 1, { N: 3 }),
  'hkdf': () => [hex(crypto.hkdfSync('sha256', 'key', 'salt', 'info', 42)), crypto.hkdfSync('sha512', 'key', '', '', 8) instanceof ArrayBuffer],
  'hkdf too long': () => crypto.hkdfSync('sha256', 'k', 's', 'i', 255 * 32 + 1),
  'aes': () => [cipherText('aes-128-cbc', 16, 16), cipherText('aes-256-cbc', 32, 16), cipherText('aes-192-ctr', 24, 16), cipherText('aes-256-ecb', 32, 0), cipherText('aes-128-cfb', 16, 16), cipherText('aes-128-ofb', 16, 16), cipherText('aes-128-cfb8', 16, 16), cipherText('AES-128-CBC', 16, 16), cipherText('aes256', 32, 16)],
  'aes gcm': () => [cipherText('aes-256-gcm', 32, 12, undefined, ''), cipherText('aes-128-gcm', 16, 12, undefined, 'aad'), cipherText('aes-128-gcm', 16, 16, undefined, 'aad'), cipherText('id-aes256-GCM', 32, 12, undefined, 'x')],
  'chacha': () => cipherText('chacha20-poly1305', 32, 12, { authTagLength: 16 }, 'aad'),
  'what comes out when': () => [['aes-256-gcm', 32, 12], ['aes-128-gcm', 16, 7], ['chacha20-poly1305', 32, 12], ['aes-128-ccm', 16, 12], ['aes-256-ctr', 32, 16], ['aes-256-cfb', 32, 16],
    ['aes-128-cfb8', 16, 16], ['aes-192-ofb', 24, 16]].map(([name, keyBytes, ivBytes]) => piecewise(name, Buffer.alloc(keyBytes, 'k'), Buffer.alloc(ivBytes, 'i'))),
  'des': () => cipherText('des-ede3-cbc', 24, 8),
  'no padding': () => { const c = crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); c.setAutoPadding(false); return c.update(Buffer.alloc(32), undefined, 'hex') + c.final('hex'); },
  'bad decrypt': () => { const d = crypto.createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); d.update(Buffer.alloc(16)); d.final(); },
  'wrong final block': () => { const d = crypto.createDecipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(16)); d.update(Buffer.alloc(5)); d.final(); },
  'wrong tag': () => { const d = crypto.createDecipheriv('aes-128-gcm', Buffer.alloc(16), Buffer.alloc(12)); d.setAuthTag(Buffer.alloc(16)); d.update(Buffer.alloc(5)); d.final(); },
  'key length': () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(5), Buffer.alloc(16)),
  'iv length': () => crypto.createCipheriv('aes-128-cbc', Buffer.alloc(16), Buffer.alloc(5)),
  'unknown cipher': () => crypto.createCipheriv('nope', Buffer.alloc(16), Buffer.alloc(5)),
  'cipher info': () => [crypto.getCipherInfo('aes-256-cbc').keyLength, crypto.getCipherInfo('aes-128-gcm').ivLength, crypto.getCipherInfo('nope')],
  'rsa sign': () => { const s = crypto.createSign('RSA-SHA256').update('data').sign(rsa.privateKey); return [s.length, crypto.createVerify('sha256').update('data').verify(rsa.publicKey, s), crypto.verify('sha256', Buffer.from('other'), rsa.publicKey, s)]; },
  'rsa pss': () => { const s = crypto.sign('sha256', Buffer.from('x'), { key: rsa.privateKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }); return [crypto.verify('sha256', Buffer.from('x'), { key: rsa.publicKey, padding: 6 }, s), crypto.verify('sha256', Buffer.from('x'), rsa.publicKey, s)]; },
  'ec sign': () => { const s = crypto.sign('sha256', Buffer.from('x'), { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }); return [s.length, crypto.verify('sha256', Buffer.from('x'), { key: ec.publicKey, dsaEncoding: 'ieee-p1363' }, s), crypto.verify('sha256', Buffer.from('x'), ec.publicKey, crypto.sign('sha256', Buffer.from('x'), ec.privateKey))]; },
  'ed25519': () => { const k = crypto.createPrivateKey(PKCS8); const s = crypto.sign(null, Buffer.from('msg'), k); return [hex(s), crypto.verify(null, Buffer.from('msg'), crypto.createPublicKey(k), s), k.asymmetricKeyType, k.export({ format: 'jwk' }), k.export({ type: 'pkcs8', format: 'pem' })]; },
  'sign callback': async () => { const s = await promisify(crypto.sign)('sha256', Buffer.from('x'), ec.privateKey); return promisify(crypto.verify)('sha256', Buffer.from('x'), ec.publicKey, s); },
  'sec1': () => { const k = crypto.createPrivateKey(SEC1); return [k.asymmetricKeyType, k.asymmetricKeyDetails, k.export({ type: 'sec1', format: 'pem' }), k.export({ type: 'pkcs8', format: 'pem' }), crypto.createPublicKey(k).export({ type: 'spki', format: 'pem' }), k.export({ format: 'jwk' })]; },
  'rsa formats': () => [rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).split('\n')[0], rsa.publicKey.export({ type: 'pkcs1', format: 'pem' }).split('\n')[0], crypto.createPublicKey(rsa.publicKey.export({ type: 'pkcs1', format: 'pem' })).equals(rsa.publicKey), crypto.createPrivateKey({ key: rsa.privateKey.export({ type: 'pkcs8', format: 'der' }), format: 'der', type: 'pkcs8' }).equals(rsa.privateKey), crypto.createPrivateKey({ key: rsa.privateKey.export({ format: 'jwk' }), format: 'jwk' }).equals(rsa.privateKey), rsa.publicKey.asymmetricKeyDetails, Object.keys(rsa.publicKey.export({ format: 'jwk' }))],
  'encrypted pem': () => { const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }); return [pem.split('\n')[0], crypto.createPrivateKey({ key: pem, passphrase: 'secret' }).equals(rsa.privateKey)]; },
  'encrypted pem without': () => { const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' }); try { crypto.createPrivateKey(pem); } catch (e) { return typeof e.code; } },
  'no key': () => { try { crypto.createPrivateKey('nonsense'); } catch (e) { return e.code; } },
  'key object': () => { const k = crypto.createSecretKey(Buffer.from('secret')); return [k.type, k.symmetricKeySize, k.export(), k.export({ format: 'jwk' }), k.equals(crypto.createSecretKey('secret', 'utf8')), k instanceof crypto.KeyObject, rsa.privateKey.type]; },
  'key of the wrong kind': () => crypto.createHmac('sha256', rsa.publicKey),
  'rsa encrypt': () => { const c = crypto.publicEncrypt(rsa.publicKey, Buffer.from('hi')); const o = crypto.publicEncrypt({ key: rsa.publicKey, oaepHash: 'sha256' }, Buffer.from('hi')); return [crypto.privateDecrypt(rsa.privateKey, c).toString(), crypto.privateDecrypt({ key: rsa.privateKey, oaepHash: 'sha256' }, o).toString(), crypto.publicDecrypt(rsa.publicKey, crypto.privateEncrypt(rsa.privateKey, Buffer.from('x'))).toString()]; },
  'generate encoded': () => { const p = crypto.generateKeyPairSync('ed25519', { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'der' } }); return [p.publicKey.length, p.privateKey.length]; },
  'generate later': async () => { const p = await promisify(crypto.generateKeyPair)('x25519'); return [p.publicKey.type, p.privateKey.asymmetricKeyType]; },
  'generate unknown': () => crypto.generateKeyPairSync('nope'),
  'generate curve': () => crypto.generateKeyPairSync('ec', { namedCurve: 'nope' }),
  'secp256k1': () => { const p = crypto.generateKeyPairSync('ec', { namedCurve: 'secp256k1' }); const s = crypto.sign('sha256', Buffer.from('x'), p.privateKey); return [crypto.verify('sha256', Buffer.from('x'), p.publicKey, s), p.publicKey.asymmetricKeyDetails]; },
  'diffieHellman': () => { const a = crypto.generateKeyPairSync('x25519'); const b = crypto.generateKeyPairSync('x25519'); return crypto.diffieHellman({ privateKey: a.privateKey, publicKey: b.publicKey }).equals(crypto.diffieHellman({ privateKey: b.privateKey, publicKey: a.publicKey })); },
  'dh groups': () => { const a = crypto.getDiffieHellman('modp14'); const b = crypto.createDiffieHellman(a.getPrime(), a.getGenerator()); a.generateKeys(); b.generateKeys(); return [a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey())), a.getPrime('hex').slice(0, 32), a.getGenerator('hex'), a.verifyError, a.getPublicKey().length]; },
  'ecdh': () => ['prime256v1', 'secp256k1', 'secp521r1'].map((c) => { const a = crypto.createECDH(c); const b = crypto.createECDH(c); a.generateKeys(); b.generateKeys(); return [a.computeSecret(b.getPublicKey(null, 'compressed')).equals(b.computeSecret(a.getPublicKey())), a.getPublicKey().length, a.getPublicKey('hex', 'compressed').length]; }),
  'ecdh fixed': () => { const a = crypto.createECDH('secp256k1'); a.setPrivateKey('01'.repeat(32), 'hex'); return [a.getPublicKey('hex'), a.getPublicKey('hex', 'compressed'), a.getPublicKey('hex', 'hybrid'), crypto.ECDH.convertKey(a.getPublicKey('hex', 'compressed'), 'secp256k1', 'hex', 'hex', 'uncompressed')]; },
  'ecdh unknown': () => crypto.createECDH('nope'),
  'ecdh bad point': () => { const a = crypto.createECDH('prime256v1'); a.generateKeys(); a.computeSecret(Buffer.alloc(65, 4)); },
  'random': () => [crypto.randomBytes(5).length, crypto.randomInt(5) < 5, crypto.randomUUID().length, crypto.randomFillSync(Buffer.alloc(3)).length, typeof crypto.randomInt(1, 3)],
  'random too many': () => crypto.randomBytes(-1),
  'randomInt wrong': () => crypto.randomInt(5, 5),
  'random later': async () => [(await promisify(crypto.randomBytes)(4)).length, await promisify(crypto.randomInt)(1)],
  'timingSafeEqual': () => [crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')), crypto.timingSafeEqual(Buffer.from('a'), new Uint8Array([98]))],
  'timingSafeEqual lengths': () => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')),
  'timingSafeEqual strings': () => { try { crypto.timingSafeEqual('a', 'a'); } catch (e) { return e.code; } },
  'primes': () => [crypto.checkPrimeSync(7n), crypto.checkPrimeSync(Buffer.from([9])), crypto.generatePrimeSync(32, { bigint: true }) > 0n],
  'webcrypto': async () => [crypto.webcrypto === globalThis.crypto, hex(await crypto.subtle.digest('SHA-256', Buffer.from('x'))), crypto.KeyObject.from(await crypto.subtle.importKey('raw', Buffer.from('k'), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])).export().toString()],
  'lists': () => [crypto.getHashes().includes('sha256'), crypto.getCiphers().includes('aes-256-gcm'), crypto.getCurves().includes('secp256k1'), crypto.constants.RSA_PKCS1_PADDING],
  'one-shot hash': () => crypto.hash ? crypto.hash('sha1', 'a') : '86f7e437faa5a7fce15d1ddcb9eaeaea377667b8',
};
