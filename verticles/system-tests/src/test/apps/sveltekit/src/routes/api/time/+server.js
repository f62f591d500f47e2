import { json } from '@sveltejs/kit';

export const GET = ({ url, getClientAddress }) => json({ zone: url.searchParams.get('zone'), address: getClientAddress().length > 0 }, { headers: { 'x-api': '1' } });
export const POST = async ({ request }) => json(await request.json(), { status: 201 });
