package dev.tenon.bus.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Writes one JSON value in UTF-8. Not thread-safe.
public final class JsonWriter {

  /// Writes a value of one type; a method reference, mostly.
  @FunctionalInterface
  public interface Writer<T> {
    void write(JsonWriter out, T value);
  }

  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator generator;

  private JsonWriter(JsonGenerator generator) {
    this.generator = generator;
  }

  /// The value as JSON.
  public static <T> Buffer write(T value, Writer<? super T> writer) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
      try (JsonGenerator generator = JSON.createGenerator(bytes)) {
        writer.write(new JsonWriter(generator), value);
      }
      return Buffer.buffer(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- objects and arrays ------------------------------------------------------------------------------------------

  public void beginObject() {
    put(JsonGenerator::writeStartObject);
  }

  public void endObject() {
    put(JsonGenerator::writeEndObject);
  }

  /// The name of the member whose value comes next.
  public void name(String name) {
    put(to -> to.writeFieldName(name));
  }

  public void beginArray() {
    put(JsonGenerator::writeStartArray);
  }

  public void endArray() {
    put(JsonGenerator::writeEndArray);
  }

  /// A member, if there is a value.
  public <T> void optional(String name, Optional<T> value, Writer<? super T> writer) {
    if (value.isPresent()) {
      name(name);
      writer.write(this, value.get());
    }
  }

  /// A member, unless it is absent.
  public <T> void field(String name, Field<T> field, Writer<? super T> writer) {
    switch (field) {
      case Field.Absent<T>() -> { }
      case Field.Null<T>() -> {
        name(name);
        put(JsonGenerator::writeNull);
      }
      case Field.Value<T>(T value) -> {
        name(name);
        writer.write(this, value);
      }
    }
  }

  public <T> void list(List<T> items, Writer<? super T> writer) {
    beginArray();
    items.forEach(item -> writer.write(this, item));
    endArray();
  }

  public <T> void map(Map<String, T> members, Writer<? super T> writer) {
    beginObject();
    members(members, writer);
    endObject();
  }

  /// More members of the object that was begun.
  public <T> void members(Map<String, T> members, Writer<? super T> writer) {
    members.forEach((name, value) -> {
      name(name);
      writer.write(this, value);
    });
  }

  /// The value, or null where there is none.
  public <T> void nullable(Optional<T> value, Writer<? super T> writer) {
    if (value.isPresent()) {
      writer.write(this, value.get());
    } else {
      put(JsonGenerator::writeNull);
    }
  }

  // ---- values ------------------------------------------------------------------------------------------------------

  public void value(JsonWritable value) {
    value.write(this);
  }

  public void string(String value) {
    put(to -> to.writeString(value));
  }

  public void bool(boolean value) {
    put(to -> to.writeBoolean(value));
  }

  public void int32(int value) {
    put(to -> to.writeNumber(value));
  }

  public void int64(long value) {
    put(to -> to.writeNumber(value));
  }

  public void integer(BigInteger value) {
    put(to -> to.writeNumber(value));
  }

  /// A finite number; JSON has no others.
  public void number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("the number " + value + " – JSON has no such number – give a finite one");
    }
    put(to -> to.writeNumber(value));
  }

  public void decimal(BigDecimal value) {
    put(to -> to.writeNumber(value));
  }

  public void date(LocalDate value) {
    string(value.toString());
  }

  public void dateTime(OffsetDateTime value) {
    string(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value));
  }

  public void uuid(UUID value) {
    string(value.toString());
  }

  public void uri(URI value) {
    string(value.toString());
  }

  public void base64(Buffer value) {
    string(Base64.getEncoder().encodeToString(value.getBytes()));
  }

  public void binary(Buffer value) {
    string(value.toString());
  }

  public void any(Json value) {
    value.write(this);
  }

  void plain(Object value) {
    switch (value) {
      case null -> put(JsonGenerator::writeNull);
      case String text -> string(text);
      case Boolean bool -> bool(bool);
      case BigDecimal number -> decimal(number);
      case List<?> items -> {
        beginArray();
        items.forEach(this::plain);
        endArray();
      }
      case Map<?, ?> members -> {
        beginObject();
        members.forEach((name, member) -> {
          name((String) name);
          plain(member);
        });
        endObject();
      }
      default -> throw new IllegalStateException(value.getClass().getName());
    }
  }

  private interface Step {
    void on(JsonGenerator generator) throws IOException;
  }

  private void put(Step step) {
    try {
      step.on(generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
