export function load({ platform, cookies, url }) {
  const visits = Number(cookies.get('visits') ?? 0) + 1;
  cookies.set('visits', String(visits), { path: '/' });
  return { greeting: platform.env.GREETING, visits, name: url.searchParams.get('name') ?? 'you' };
}

export const actions = {
  default: async ({ request }) => {
    const form = await request.formData();
    return form.get('word') ? { said: String(form.get('word')).toUpperCase() } : { missing: true };
  },
};
