import { Hono } from 'hono';

const rooms = new Map();
const app = new Hono();

app.get('/rooms/:room', (c) => {
  if (c.req.header('upgrade') !== 'websocket') return c.text('a WebSocket is expected', 426);
  const name = c.req.query('name') ?? 'somebody';
  const room = c.req.param('room');
  const members = rooms.get(room) ?? new Map();
  rooms.set(room, members);
  const [client, server] = Object.values(new WebSocketPair());
  server.accept();
  members.set(server, name);
  tell(members, { joined: name, members: [...members.values()] });
  server.addEventListener('message', ({ data }) => {
    if (typeof data !== 'string') {
      server.send(data);
    } else if (data === '/quit') {
      server.close(1000, 'bye');
      leave(members, server);
    } else {
      tell(members, { from: name, said: data });
    }
  });
  server.addEventListener('close', () => leave(members, server));
  return new Response(null, { status: 101, webSocket: client });
});

function leave(members, server) {
  const name = members.get(server);
  if (members.delete(server)) tell(members, { left: name });
}

function tell(members, message) {
  const text = JSON.stringify(message);
  for (const socket of members.keys()) socket.send(text);
}

export default app;
