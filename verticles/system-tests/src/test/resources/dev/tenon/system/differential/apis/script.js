// script
addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  switch (pathname) {
    case '/text': return event.respondWith(new Response('service worker'));
    case '/promise': return event.respondWith(Promise.resolve(new Response('promised')));
    case '/bindings': return event.respondWith(new Response([typeof TEXT, TEXT, JSON.stringify(VALUE), typeof SERVICE].join(' ')));
    case '/event': return event.respondWith(new Response([event.type, event.constructor.name, event instanceof Event, event instanceof FetchEvent, event.request.method, Object.prototype.toString.call(event), this === self, typeof event.passThroughOnException].join(' ')));
    case '/waitUntil': event.waitUntil(new Promise((resolve) => setTimeout(resolve, 2)).then(() => console.log('end'))); return event.respondWith(new Response('x'));
    case '/throws': throw new Error('in the listener');
    case '/rejects': return event.respondWith(Promise.reject(new TypeError('rejected')));
    case '/noResponse': return event.respondWith('text');
    case '/twice': event.respondWith(new Response('one')); try { event.respondWith(new Response('two')); } catch (error) { console.log(String(error)); } return undefined;
    case '/late': setTimeout(() => { try { event.respondWith(new Response('late')); } catch (error) { console.log(String(error)); } }, 1); event.waitUntil(new Promise((resolve) => setTimeout(resolve, 5))); return undefined;
    default: return undefined;
  }
});
