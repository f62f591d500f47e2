// Stands in for Workers AI behind workerd's own AI binding. The same numbers as StandInModel.

export default {
  async fetch(request) {
    const { inputs } = await request.json();
    const model = request.headers.get('cf-consn-model-id');
    const texts = [inputs.text].flat();
    if (texts.some((text) => text.includes('overload'))) return problem(3040, 'Capacity temporarily exceeded, please try again.');
    if (model !== '@cf/baai/bge-small-en-v1.5') return problem(5007, `No such model ${model} or task`);
    return Response.json({ shape: [texts.length, 16], data: texts.map(vectorOf), pooling: 'mean' });
  },
};

function problem(internalCode, description) {
  return Response.json({ internalCode, description, name: 'InferenceUpstreamError', message: description }, { status: 400 });
}

function vectorOf(text) {
  const vector = new Array(16).fill(0);
  let hash = 0x811c9dc5 | 0;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
    vector[hash & 15] += ((hash >>> 8) & 255) - 127;
  }
  return vector;
}
