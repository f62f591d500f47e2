import { error, redirect } from '@sveltejs/kit';

export function load({ params }) {
  if (params.slug === 'old') redirect(308, '/blog/first');
  if (params.slug !== 'first') error(404, 'no such post');
  return { title: 'First', later: new Promise((resolve) => setTimeout(resolve, 10, 'streamed afterwards')) };
}
