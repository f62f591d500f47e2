import React, { Suspense, use, useId, useState } from 'react';
import { renderToReadableStream } from 'react-dom/server.edge';
import { renderToStaticMarkup } from 'react-dom/server';

function Counter({ start }: { start: number }) {
  const [count, setCount] = useState(start);
  return <button id={useId()} onClick={() => setCount(count + 1)}>{count}</button>;
}

function Quote({ promise }: { promise: Promise<string> }) {
  return <blockquote>{use(promise)}</blockquote>;
}

function Page({ name, quote }: { name: string; quote: Promise<string> }) {
  return (
    <html lang="en">
      <head><title>{`Hello ${name}`}</title><meta charSet="utf-8" /></head>
      <body className="page" style={{ fontSize: 12 }}>
        <h1>Hello {name} &amp; others</h1>
        <Counter start={3} />
        <Suspense fallback={<p>Waiting…</p>}><Quote promise={quote} /></Suspense>
      </body>
    </html>
  );
}

function Broken(): React.ReactNode {
  throw new Error('cannot render');
}

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const headers = { 'content-type': 'text/html; charset=utf-8' };
    if (pathname === '/static') return new Response(renderToStaticMarkup(<ul>{['a', 'b'].map((item) => <li key={item}>{item}</li>)}</ul>), { headers });
    if (pathname === '/broken') {
      try {
        return new Response(await renderToReadableStream(<Broken />, { onError() {} }), { headers });
      } catch (error) {
        return new Response(`<p>${(error as Error).message}</p>`, { status: 500, headers });
      }
    }
    const quote = new Promise<string>((resolve) => setTimeout(resolve, 20, 'It fits.'));
    const stream = await renderToReadableStream(<Page name={searchParams.get('name') ?? 'you'} quote={quote} />, { bootstrapScripts: ['/client.js'] });
    if (pathname === '/whole') await stream.allReady;
    return new Response(stream, { headers });
  },
} satisfies ExportedHandler;

interface ExportedHandler {
  fetch(request: Request): Promise<Response>;
}
