package dev.tenon.gateway;

import dev.tenon.contract.Encoding;
import dev.tenon.contract.MediaType;
import dev.tenon.contract.Parameter;
import dev.tenon.contract.ValueShape;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads a form into the object that its schema describes: URL-encoded or in parts. A file becomes a text with one character for each byte.
///
/// @see <a href="https://spec.openapis.org/oas/v3.1.0#encoding-object">OpenAPI 3.1, Encoding Object</a>
final class FormBody {

  static final int FIELDS_MAX = 1_000;

  private final MediaType type;
  private final ValueShape.ObjectOf shape;

  private FormBody(MediaType type) {
    this.type = type;
    this.shape = type.shape() instanceof ValueShape.ObjectOf object ? object : new ValueShape.ObjectOf(Map.of(), Optional.empty());
  }

  /// The object, as a [Map]; or a [StyledText.Wrong] where there is none.
  static Object read(byte[] body, MediaType type, String contentType) {
    FormBody form = new FormBody(type);
    return type.isMultipart() ? form.parts(body, contentType) : form.fields(body);
  }

  private static StyledText.Wrong wrong(String field, String why) {
    String shown = field.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    return new StyledText.Wrong("the field \"" + (shown.length() > 60 ? shown.substring(0, 60) + "…" : shown) + "\" " + why);
  }

  private Object fields(byte[] body) {
    Map<String, List<String>> raw = new LinkedHashMap<>();
    String[] pairs = new String(body, StandardCharsets.ISO_8859_1).split("&");
    if (pairs.length > FIELDS_MAX) {
      return new StyledText.Wrong("it has more than " + FIELDS_MAX + " fields");
    }
    for (String pair : pairs) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = PercentDecoder.form(equals < 0 ? pair : pair.substring(0, equals));
      if (name == null) {
        return new StyledText.Wrong("the name of a field is not percent-encoded UTF-8");
      }
      raw.computeIfAbsent(name, key -> new ArrayList<>(1)).add(equals < 0 ? "" : pair.substring(equals + 1));
    }
    Map<String, Object> object = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> field : raw.entrySet()) {
      Object value = field(field.getKey(), field.getValue());
      if (value instanceof StyledText.Wrong wrong) {
        return wrong(field.getKey(), wrong.why());
      }
      object.put(field.getKey(), value);
    }
    return object;
  }

  private Object field(String name, List<String> raw) {
    ValueShape member = shape.member(name);
    Encoding encoding = type.encodings().get(name);
    boolean styled = encoding != null && encoding.style().isPresent();
    Parameter.Style style = styled ? encoding.style().get() : Parameter.Style.FORM;
    boolean json = !styled && (member instanceof ValueShape.ObjectOf || member instanceof ValueShape.ListOf list && !(list.items() instanceof ValueShape.Scalar)
        || encoding != null && encoding.contentTypes().stream().anyMatch(MediaType::isJson));
    if (member instanceof ValueShape.ListOf list && (!styled || encoding.explode())) {
      StyledText item = new StyledText(name, style, true, list.items(), json ? Optional.of("application/json") : Optional.empty(), StyledText.Decoding.FORM);
      List<Object> items = new ArrayList<>(raw.size());
      for (String each : raw) {
        Object value = item.read(each);
        if (value instanceof StyledText.Wrong) {
          return value;
        }
        items.add(value);
      }
      return items;
    }
    if (raw.size() > 1) {
      return new StyledText.Wrong("is there " + raw.size() + " times, and may be there once");
    }
    return new StyledText(name, style, false, member, json ? Optional.of("application/json") : Optional.empty(), StyledText.Decoding.FORM).read(raw.getFirst());
  }

  private Object parts(byte[] body, String contentType) {
    List<Multipart.Part> parts;
    try {
      parts = Multipart.read(body, contentType);
    } catch (Multipart.BrokenException e) {
      return new StyledText.Wrong(e.getMessage());
    }
    Map<String, List<Object>> values = new LinkedHashMap<>();
    for (Multipart.Part part : parts) {
      Object value = part(part);
      if (value instanceof StyledText.Wrong wrong) {
        return wrong(part.name(), wrong.why());
      }
      values.computeIfAbsent(part.name(), name -> new ArrayList<>(1)).add(value);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    for (Map.Entry<String, List<Object>> each : values.entrySet()) {
      if (shape.member(each.getKey()) instanceof ValueShape.ListOf) {
        object.put(each.getKey(), each.getValue());
      } else if (each.getValue().size() == 1) {
        object.put(each.getKey(), each.getValue().getFirst());
      } else {
        return wrong(each.getKey(), "is there " + each.getValue().size() + " times, and may be there once");
      }
    }
    return object;
  }

  private Object part(Multipart.Part part) {
    ValueShape member = shape.member(part.name());
    ValueShape item = member instanceof ValueShape.ListOf list ? list.items() : member;
    Encoding encoding = type.encodings().get(part.name());
    String sent = part.contentType();
    if (encoding != null) {
      if (!encoding.contentTypes().isEmpty() && !sent.isEmpty() && encoding.contentTypes().stream().allMatch(range -> MediaType.fit(range, sent) == 0)) {
        return new StyledText.Wrong("has another Content-Type than " + String.join(" or ", encoding.contentTypes()));
      }
      for (Parameter header : encoding.headers()) {
        Optional<String> broken = headerProblem(header, Optional.ofNullable(part.headers().get(header.name().toLowerCase(java.util.Locale.ROOT))));
        if (broken.isPresent()) {
          return new StyledText.Wrong("has the header \"" + header.name() + "\", which " + broken.get());
        }
      }
    }
    boolean json = !(item instanceof ValueShape.Scalar) || encoding != null && !encoding.contentTypes().isEmpty()
        && (sent.isEmpty() ? MediaType.isJson(encoding.contentTypes().getFirst()) : MediaType.isJson(sent));
    if (json) {
      return StyledText.json(java.util.Arrays.copyOfRange(part.body(), part.from(), part.to()));
    }
    boolean text = sent.isEmpty() ? !part.headers().getOrDefault("content-disposition", "").contains("filename") : sent.startsWith("text/");
    if (!text) {
      return new String(part.body(), part.from(), part.to() - part.from(), StandardCharsets.ISO_8859_1);
    }
    try {
      String read = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(part.body(), part.from(), part.to() - part.from())).toString();
      return ((ValueShape.Scalar) item).read(read);
    } catch (CharacterCodingException e) {
      return new StyledText.Wrong("is not UTF-8");
    }
  }

  /// What is wrong with a header of an answer or of a part; empty when nothing is.
  static Optional<String> headerProblem(Parameter header, Optional<String> text) {
    if (text.isEmpty()) {
      return header.required() ? Optional.of("is required and missing") : Optional.empty();
    }
    Object value = StyledText.of(header).read(text.get());
    if (value instanceof StyledText.Wrong wrong) {
      return Optional.of(wrong.why());
    }
    return header.schema().isEmpty() || ParameterChecks.accepts(header.schema().get(), value)
        ? Optional.empty()
        : Optional.of(header.schema().get().violations(value).stream().map(each -> (each.pointer() + " " + each.detail()).strip()).findFirst().orElseThrow());
  }
}
