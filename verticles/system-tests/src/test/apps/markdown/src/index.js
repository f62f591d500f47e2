import rehypeSanitize from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import about from './about.md';

const renderer = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { allowDangerousHtml: false }).use(rehypeSanitize).use(rehypeStringify);

export default {
  async fetch(request) {
    const source = request.method === 'POST' ? await request.text() : about;
    return new Response(String(await renderer.process(source)), { headers: { 'content-type': 'text/html; charset=utf-8' } });
  },
};
