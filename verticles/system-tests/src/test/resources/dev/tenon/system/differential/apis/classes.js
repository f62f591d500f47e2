// handlers
import { WorkerEntrypoint, env as imported, waitUntil } from 'cloudflare:workers';

let instances = 0;

export default class extends WorkerEntrypoint {
  count = ++instances > 0;

  async fetch(request) {
    const { pathname } = new URL(request.url);
    switch (pathname) {
      case '/members': return new Response([typeof this.env, this.env.TEXT, typeof this.ctx.waitUntil, arguments.length, this instanceof WorkerEntrypoint, Object.keys(this), this.count].join(' '));
      case '/import': return new Response([imported.TEXT, Object.keys(imported).join(), typeof waitUntil].join(' '));
      case '/waitUntil': this.ctx.waitUntil(Promise.resolve().then(() => console.log('end'))); return new Response('x');
      case '/importedWaitUntil': waitUntil(new Promise((resolve) => setTimeout(resolve, 2)).then(() => console.log('end'))); return new Response('x');
      case '/throws': throw new Error('from a class');
      default: return this.other();
    }
  }

  other() {
    return new Response('from another method');
  }
}
