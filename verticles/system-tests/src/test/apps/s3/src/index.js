import { AwsClient, AwsV4Signer } from 'aws4fetch';

export default {
  async fetch(request, env) {
    const { pathname, searchParams } = new URL(request.url);
    const s3 = new AwsClient({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY', service: 's3', region: env.REGION, retries: 2, initRetryMs: 1 });
    if (pathname === '/presign') {
      const signer = new AwsV4Signer({ url: `${env.ENDPOINT}/private.txt?X-Amz-Expires=60`, accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', service: 's3', region: env.REGION, signQuery: true, datetime: '20260101T000000Z' });
      return new Response((await signer.sign()).url.searchParams.get('X-Amz-Signature'));
    }
    switch (request.method) {
      case 'PUT': {
        const answer = await s3.fetch(env.ENDPOINT + pathname, { method: 'PUT', body: await request.arrayBuffer(), headers: { 'content-type': request.headers.get('content-type') ?? 'application/octet-stream', 'x-amz-meta-from': 'worker' } });
        return new Response(null, { status: answer.ok ? 204 : 502 });
      }
      case 'GET': {
        const answer = await s3.fetch(pathname === '/' ? `${env.ENDPOINT}?list-type=2&prefix=${encodeURIComponent(searchParams.get('prefix') ?? '')}` : env.ENDPOINT + pathname, { headers: request.headers.has('range') ? { range: request.headers.get('range') } : {} });
        return new Response(answer.body, { status: answer.status, headers: answer.headers });
      }
      case 'DELETE': return new Response(null, { status: (await s3.fetch(env.ENDPOINT + pathname, { method: 'DELETE' })).status });
      default: return new Response(null, { status: 405 });
    }
  },
};
