import { each, over, text as bytes } from './show.js';

const html = { html: true };

/** A stream of chunks, each a text or bytes. */
function streamOf(chunks) {
  const list = chunks.map((chunk) => (typeof chunk === 'string' ? bytes(chunk) : new Uint8Array(chunk)));
  let i = 0;
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      if (i < list.length) controller.enqueue(list[i++].slice());
      else {
        controller.close();
        controller.byobRequest?.respond(0);
      }
    },
  });
}

/** What a rewriter makes of a document, after what its handlers have logged. */
async function run(input, setup, type = 'text/html') {
  const log = [];
  const rewriter = new HTMLRewriter();
  setup(rewriter, log);
  const body = Array.isArray(input) ? streamOf(input) : input;
  try {
    const made = new Uint8Array(await rewriter.transform(new Response(body, { headers: { 'content-type': type } })).arrayBuffer());
    const text = new TextDecoder().decode(made);
    log.push(text.includes('\ufffd') ? [...made] : text);
  } catch (error) {
    log.push(`${error.name}: ${error.message.split(' where ')[0].split(' in the context')[0]}`);
  }
  return log;
}

const all = (rewriter, log) => rewriter
  .on('*', {
    element(e) { log.push(`<${e.tagName} ${e.namespaceURI.slice(-6)} ${JSON.stringify([...e.attributes])}>`); },
    text(t) { log.push(`${JSON.stringify(t.text)}${t.lastInTextNode ? '.' : ''}`); },
    comments(c) { log.push(`!${JSON.stringify(c.text)}`); },
  })
  .onDocument({
    doctype(d) { log.push(`doctype ${JSON.stringify([d.name, d.publicId, d.systemId])}`); },
    comments(c) { log.push(`!!${JSON.stringify(c.text)}`); },
    end() { log.push('end'); },
  });

const CHANGES = {
  before: (e, c) => e.before(c, html), after: (e, c) => e.after(c, html), prepend: (e, c) => e.prepend(c, html), append: (e, c) => e.append(c, html),
  replace: (e, c) => e.replace(c, html), setInnerContent: (e, c) => e.setInnerContent(c, html), remove: (e) => e.remove(),
  removeAndKeepContent: (e) => e.removeAndKeepContent(), tagName: (e) => { e.tagName = 'x-y'; }, setAttribute: (e, c) => e.setAttribute('z', `q"<&>${c}`),
  onEndTag: (e, c) => { e.onEndTag((end) => { end.before(`[${c}`); end.after(`${c}]`); }); },
};
const PAIRS = Object.keys(CHANGES).flatMap((one) => Object.keys(CHANGES).map((other) => [one, other]));
const change = (document, selector, f) => run(document, (rewriter, log) => rewriter.on(selector, { element: (e) => f(e, log) }));

const SELECTED = '<div class="a b" id=x href=a lang=en-US><p class=b>1</p><p class="a">2<a href=ab>3</a></p><a href=A type=text>4</a><p lang=en id="x:y">5</p></div>'
  + '<p class="1x">6</p><div><div><div><p>7</p></div><section><div><p>8</p></div></section></div></div><custom-el>9</custom-el><é class=é title=é>10</é><img class=a>';

const DOCUMENTS = [
  '<!DOCTYPE html><html><head><title>x &amp; y</title></head><body class=a id="b">Hello <b>w</b>orld<br>x<!-- c --></body></html>',
  '<a b c=d e=\'f"\' g="h\'&amp;" B=2 i=j/k l= "m" / n><x y= >t</x><p =a =b= "c">',
  '<!----><!--x--><!--->a<!-->b<!--a--!>c<!--a-b--c-->d<!---a-->e<!--a<!-- b-->f<!--->g<!x>h<?php x?>i</ x>j</>k<!DOCTYPE>l<!doctype  HTML >',
  '<!DOCTYPE html PUBLIC "-//W3C//DTD" \'http://x\'><!doctype HTML SYSTEM "about:legacy-compat"><!DOCTYPE a b c><!doctype x public \'a>b\'>',
  '<script>if (a < b && "</scr" + "ipt>") <!-- x --> </script x>after<script><!--<script>a</script>b--></script>c<script><!-- </script>d',
  '<style>a<b</styles></style ><textarea><b>x</b></textarea><title></titl></title><xmp><a></xmp><iframe><p></iframe><noscript><p>x</p></noscript>',
  '<p>a<plaintext><b>x</b></plaintext>', '<select><option>a</select><script>x</script>', '<select><xmp><script>x</script></select>', '<frameset><noframes>a</noframes><style>',
  '<svg><title>a<b>c</b></title><![CDATA[x<y]]z]]><path/><foreignObject><div>d</div></foreignObject><script>a<b></script></svg><![CDATA[n]]>',
  '<math><mi>x<b>y</b></mi><annotation-xml encoding="text/html"><p>z</p></annotation-xml><mglyph/></math><svg><p>out</p><font color=red>q</font>',
  'a < b <1 <> <- c & d &lt; </ e> <a<b>f</a<b>', 'x<a href="y', 'x<!-- y --', '<script>x</scr', 'x<', 'x<!', 'x</', '<!DOCTYPE ht', '<svg><![CDATA[x]',
  '<div><p>a<p>b<span>c</div>d</span></p><ul><li>1<li>2</ul>', '<DIV CLASS="X" Data-Foo=1>é<ESI:include src=a /></DIV>', '<a\r\nb\tc\f=\n"d">\r\n</a\n>', 'a\0b<a\0b c\0=d>e</a>',
];

export default {
  documents: () => over(DOCUMENTS, (document) => run(document, all)),
  untouchedBytes: () => over([[0x61, 0xff, 0x3c, 0x70, 0x3e, 0xc3], [0xef, 0xbb, 0xbf, 0x3c, 0x70, 0x3e]], (list) => run([list], (rewriter) => rewriter.on('b', { text() {} }))),
  cutAnywhere: () => over(DOCUMENTS.slice(0, 9), async (document) => {
    const list = [...bytes(document)];
    return (await run(list.map((byte) => [byte]), all)).filter((line) => typeof line !== 'string' || line[0] !== '"');
  }),
  selectors: () => over(['*', 'DIV', '.a', '#x', 'div#x.a.b', '[href]', '[href="a"]', "[href='A' i]", '[href=A s]', '[type=TEXT]', '[lang|=en]', '[class~=b]', '[href^=a]', '[href$=b]',
    '[href*=a]', '[href^=""]', '[HREF=a]', 'div p', 'div > p', 'div>p>a', ':not(div)', ':not(.a.b)', ':not(div, p)', ':not(:not(.a))', 'p:nth-child(2)', 'p:nth-child(2n+1)',
    ':nth-child(-n+2)', ':nth-child(even)', ':first-child', 'p:first-of-type', 'p:nth-of-type(2)', 'div,p , a', 'div div div', '\\64 iv', '.\\31 x', '#x\\:y', 'custom-el', '*|div', 'é', '.é', '[title=é]'],
  (selector) => change(SELECTED, selector, (e, log) => { log.push(`${e.tagName}|${e.getAttribute('class')}|${e.getAttribute('href')}`); })),
  selectorErrors: () => over(['', ' ', '>', 'div >', '> div', 'div,', '.', '#', '#1', '.1', '[', '[a=', '[=b]', '[a=1]', '[a="b" x]', '[a|b=c]', ':', '::', ':not()', ':not(div p)', 'div)', '{', 'div!',
    ':hover', 'div::before', ':last-child', ':is(div)', ':has(a)', ':root', 'div + p', 'div ~ p', 'ns|div', ':nth-child()', ':nth-child(x)', '"a"', '5', '@media'], (selector) => { new HTMLRewriter().on(selector, {}); }),
  oneChange: () => over(Object.keys(CHANGES), (name) => change('<div a=1 B="2">in<b>ner</b></div>after<br x=1><svg><g/></svg>', '*', (e, log) => { CHANGES[name](e, '<i>'); log.push(e.removed); }).catch(String)),
  twoChanges: () => over(PAIRS, ([one, other]) => change('<div a=1>in<b>x</b></div>z', 'div', (e) => { CHANGES[one](e, '1'); CHANGES[other](e, '2'); })),
  changesOfNested: () => over(PAIRS, ([one, other]) => run('<div a=1>in<b c=2>x</b></div>z<b>', (rewriter, log) => rewriter
    .on('div', { element(e) { CHANGES[one](e, '1'); } }).on('b', { element(e) { CHANGES[other](e, '2'); log.push(e.removed); } }))),
  changesOfImplied: () => over(PAIRS, ([one, other]) => run('<div>a<p>b</div>c</p>d<div><p>e', (rewriter) => rewriter
    .on('div', { element(e) { CHANGES[one](e, '1'); } }).on('p', { element(e) { CHANGES[other](e, '2'); } }))),
  escaping: () => over(['before', 'after', 'prepend', 'append', 'replace', 'setInnerContent'], (name) => change('<a>x</a>', 'a', (e) => e[name]('<&>"\''))),
  contents: () => over([5, null, undefined, {}, [1, 2], true, new String('q')], (content) => change('<a>x</a>', 'a', (e) => e.append(content))),
  options: () => over([1, true, null, [], { html: 'yes' }, { html: 0 }, { html: null }], (options) => change('<a>x</a>', 'a', (e) => e.append('<i>', options))),
  attributeNames: () => over(['', ' ', 'a b', 'a=b', 'a/b', 'a>b', 'a"b', '<', 'é', 'A'], (name) => change('<a>', 'a', (e) => { e.setAttribute(name, 'v'); })),
  tagNames: () => over(['', ' ', '1a', 'a b', 'a/b', 'a>', 'a<', 'é', 'A', 'aé'], (name) => change('<a>x</a>', 'a', (e, log) => { e.tagName = name; log.push(e.tagName); })),
  attributes: () => change('<a x=1 Y=2 z x=3>', 'a', (e, log) => {
    log.push([...e.attributes], e.getAttribute('y'), e.getAttribute('nope'), e.hasAttribute('Z'));
    e.setAttribute('Y', 'new').setAttribute('W', 'w').removeAttribute('x');
    log.push([...e.attributes]);
  }),
  attributesWhileIterating: () => change('<a b=1 c=2>', 'a', (e) => { const i = e.attributes; i.next(); e.setAttribute('d', '3'); i.next(); }),
  comments: () => over(['x', '-->', '--!>', '>', '->', '--', '<!--', 'é'], (content) => run('<p><!--a--></p>', (rewriter) => rewriter.on('p', { comments(c) { c.text = content; c.before('<1>'); c.after('<2>', html); } }))),
  commentRemoved: () => run('<p><!--a-->b', (rewriter, log) => rewriter.on('p', { comments(c) { c.before('1'); c.remove(); c.after('2'); log.push(c.removed); } })),
  texts: () => over([(t) => t.replace(`[${t.text}]`), (t) => t.before('<').after('>'), (t) => t.remove(), (t) => { if (!t.lastInTextNode) t.replace(t.text, html); }],
    (f) => run('<p>a &amp; b<b>c</b>1 < 2</p>d', (rewriter) => rewriter.on('p', { text: f }))),
  textsCut: () => run(['<p>', [0xc3], [0xa9, 0xf0, 0x9f], [0x98], [0x80], 'x</', 'p>'], (rewriter, log) => rewriter.on('p', { text(t) { log.push(t.text, t.lastInTextNode); } })),
  textsLong: () => run(['<p>' + 'a'.repeat(3000), 'é'.repeat(1500), '<1</p>'], (rewriter, log) => rewriter.on('p', { text(t) { log.push(t.text.length); t.remove(); } })),
  order: () => run('<p>x<!--c--></p>', (rewriter, log) => rewriter
    .onDocument({ text() { log.push('document'); }, end(e) { log.push('end 1'); e.append('<1>'); } }).onDocument({ end(e) { log.push('end 2'); e.append('<2>', html); } })
    .on('p', { text() { log.push('p'); } }).on('*', { text() { log.push('*'); }, async element(e) { log.push('begin'); await null; await null; e.setAttribute('a', ''); log.push('done'); } })),
  endTags: () => run('<a><b><c>x</a>y</b><a>z</A >', (rewriter, log) => rewriter.on('*', { element(e) {
    const name = e.tagName;
    e.append(`[${name}]`);
    e.onEndTag(() => { log.push('not called'); });
    e.onEndTag(async (end) => { await null; log.push(`${name} ${end.name}`); end.before(`(${name})`); });
  } })),
  endTagOfVoid: () => change('<br>', 'br', (e) => { e.onEndTag(() => {}); }),
  failures: () => over([() => { throw new RangeError('thrown'); }, async () => { await null; throw new TypeError('rejected'); }, (e) => { e.onEndTag(() => { throw new Error('at the end'); }); }],
    (f) => change('<p>1</p>2', 'p', f)),
  streams: () => over(['before', 'after', 'prepend', 'append', 'replace', 'setInnerContent'], (name) => change('<a>x</a>y', 'a', (e) => {
    e[name](streamOf(['<i>', '&']), html);
    e[name](new Response('<r>'));
    e[name]('s');
  })),
  streamFails: () => change('<a>', 'a', (e) => { e.before(streamOf([[0xff]])); }),
  expired: async () => {
    let kept;
    await change('<a b>x</a>', 'a', (e) => { kept = [e, e.attributes]; });
    return each(() => kept[0].tagName, () => kept[0].append('x'), () => kept[1].next());
  },
  charsets: () => over(['windows-1252', 'latin1', 'iso-8859-2', 'koi8-r', 'shift_jis', 'euc-kr', 'gbk', 'gb18030', 'big5', 'euc-jp', 'utf-16', 'iso-2022-jp', 'replacement', 'nope', 'macintosh'],
    (charset) => run([[0x3c, 0x70, 0x20, 0x74, 0x3d, 0xe9, 0x3e, 0x61, 0x3c, 0x2f, 0x70, 0x3e]], (rewriter) => rewriter.on('p', { element(e) { e.append('é€☃<'); } }), `text/html; charset=${charset}`)),
  responses: () => each(
    async () => {
      const r = new HTMLRewriter().transform(new Response('<p>', { status: 201, statusText: 'S', headers: { etag: '"x"', 'content-length': '3' } }));
      r.headers.set('n', '1');
      return [r.status, r.statusText, [...r.headers], r.url, r.type, await r.text()];
    },
    () => { const r = new Response(null, { status: 204 }); return new HTMLRewriter().transform(r) === r; },
    () => { const r = new Response('x'); new HTMLRewriter().transform(r); return r.bodyUsed; },
    async () => { const r = new Response('x'); await r.text(); new HTMLRewriter().transform(r); },
    () => new HTMLRewriter().transform(Response.error()),
    () => new HTMLRewriter().transform({}),
    () => new HTMLRewriter().on('a', { element: 1 }),
    () => new HTMLRewriter().on('a', 1),
    () => new HTMLRewriter().onDocument('x'),
    () => HTMLRewriter(),
  ),
  bounds: () => over(['<p ', '<p>', '<!--'], (begin) => run([begin + 'a'.repeat(2 << 20), `${'b'.repeat(2 << 20)}-->`], (rewriter) => rewriter.on('p', { element() {} }))
    .then(([made]) => (made.length > 99 ? made.length : made))),
};
