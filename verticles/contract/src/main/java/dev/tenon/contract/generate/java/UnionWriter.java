package dev.tenon.contract.generate.java;

import dev.tenon.contract.generate.Declaration;
import dev.tenon.contract.generate.Declaration.Enumeration;
import dev.tenon.contract.generate.Declaration.Member;
import dev.tenon.contract.generate.Declaration.Obj;
import dev.tenon.contract.generate.Declaration.Tuple;
import dev.tenon.contract.generate.Declaration.Union;
import dev.tenon.contract.generate.Declaration.Variant;
import dev.tenon.contract.generate.Docs;
import dev.tenon.contract.generate.Names;
import dev.tenon.contract.generate.Type;
import dev.tenon.contract.generate.Type.Basic;
import dev.tenon.contract.generate.Type.Literals;
import dev.tenon.contract.generate.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Writes alternatives as a sealed type. Records of the contract are variants themselves; everything else is wrapped in one.
final class UnionWriter {

  private static final int FIXED_MAX = 5;

  /// A variant as it is written.
  ///
  /// @param name of the record, as this file calls it
  private record Alternative(String name, Type type, boolean wrapped, String reader) {}

  private final JavaFile file;
  private final JavaTypes types;
  private final JavaNames names;
  private final String name;

  UnionWriter(JavaFile file, JavaTypes types, JavaNames names, String name) {
    this.file = file;
    this.types = types;
    this.names = names;
    this.name = name;
  }

  void write(Declaration declaration, Union union, List<String> interfaces) {
    Names nested = names.nested();
    List<Alternative> alternatives = union.variants().stream().map(variant -> alternative(variant, nested)).toList();
    String reader = file.use("dev.tenon.bus.json.JsonReader");
    String variants = file.use("dev.tenon.bus.json.Variants");
    file.docs(declaration.docs(), "`" + declaration.hint() + "` of the contract: one of several.", Map.of());
    file.list("public sealed interface " + name + " extends " + String.join(", ", interfaces.isEmpty() ? List.of(file.use("dev.tenon.bus.json.JsonWritable")) : interfaces) + " permits ",
        alternatives.stream().map(each -> each.wrapped() ? name + "." + each.name() : each.name()).toList(), " {");
    file.in();
    file.blank().docs(union.discriminator().map(member -> "The member `" + member + "` tells which one a value is.").orElse("The shape of a value tells which one it is."));
    List<String> calls = calls(union, alternatives);
    file.chain(variants + "<" + name + "> VARIANTS = " + variants + "." + union.discriminator().map(member -> "<" + name + ">by(" + JavaFile.quoted(member) + ")")
        .orElse("<" + name + ">byShape()"), calls, ";");
    file.blank().docs("Reads one.").open("static " + name + " read(" + reader + " in) {").line("return VARIANTS.read(in);").close("}");
    alternatives.stream().filter(Alternative::wrapped).forEach(this::wrapper);
    file.close("}");
  }

  private Alternative alternative(Variant variant, Names nested) {
    if (JavaTypes.isRecord(variant.type())) {
      String record = types.boxed(variant.type());
      return new Alternative(record, variant.type(), false, record + "::read");
    }
    String wrapper = nested.give("Of" + Words.pascal(kind(variant)));
    return new Alternative(wrapper, variant.type(), true, "in -> new " + wrapper + "(" + types.read(variant.type()) + ")");
  }

  private static String kind(Variant variant) {
    return switch (JavaTypes.meant(variant.type())) {
      case Basic basic when variant.hint().startsWith("Option") -> switch (basic) {
        case STRING -> "Text";
        case BOOLEAN -> "Flag";
        case INT32, INT64, INTEGER -> "Integer";
        case NUMBER, DECIMAL -> "Number";
        default -> basic.name().toLowerCase(java.util.Locale.ROOT);
      };
      case Type.ListOf list when variant.hint().startsWith("Option") -> "List";
      case Type.MapOf map when variant.hint().startsWith("Option") -> "Map";
      default -> variant.hint();
    };
  }

  private List<String> calls(Union union, List<Alternative> alternatives) {
    List<String> calls = new ArrayList<>();
    union.mapping().forEach((value, place) -> calls.add(".when(" + JavaFile.quoted(value) + ", " + alternatives.get(place).reader() + ")"));
    alternatives.stream()
        .filter(each -> !union.mapping().containsValue(alternatives.indexOf(each)))
        .sorted(Comparator.comparing(each -> order(each.type())))
        .forEach(each -> calls.add("." + shape(each.type()) + each.reader() + ")"));
    return calls;
  }

  /// Among values of one kind, those with more rules are tried first.
  private static int order(Type type) {
    return switch (JavaTypes.meant(type)) {
      case Basic basic -> switch (basic) {
        case STRING, BINARY -> 3;
        case NUMBER, DECIMAL, BASE64, URI -> 1;
        default -> 0;
      };
      case Type.Ref(Declaration to) when to.definition() instanceof Enumeration -> 2;
      default -> 0;
    };
  }

  private String shape(Type type) {
    return switch (JavaTypes.meant(type)) {
      case Basic basic -> switch (basic) {
        case ANY -> "any(";
        case BOOLEAN -> "bool(";
        case INT32, INT64, INTEGER, NUMBER, DECIMAL -> "number(";
        default -> "text(";
      };
      case Literals literals -> shape(literals.base());
      case Type.ListOf list -> "array(";
      case Type.MapOf map -> object(new Obj(List.of(), java.util.Optional.empty()));
      case Type.Nullable nullable -> "any(";
      case Type.Ref(Declaration to) -> switch (to.definition()) {
        case Obj object -> object(object);
        case Enumeration enumeration -> "text(";
        case Tuple tuple -> "array(";
        case Union union -> "any(";
        case Declaration.Alias alias -> "any(";
      };
    };
  }

  private String object(Obj object) {
    String set = file.use("java.util.Set");
    List<String> required = object.members().stream().filter(Member::required).map(member -> JavaFile.quoted(member.name())).toList();
    List<String> known = object.members().stream().map(member -> JavaFile.quoted(member.name())).toList();
    List<String> fixed = object.members().stream()
        .filter(member -> member.type() instanceof Literals literals && literals.values().size() == 1)
        .limit(FIXED_MAX)
        .map(member -> JavaFile.quoted(member.name()) + ", " + JavaFile.quoted(String.valueOf(((Literals) member.type()).values().getFirst())))
        .toList();
    return "object(" + set + ".of(" + String.join(", ", required) + "), " + set + ".of(" + String.join(", ", known) + "), "
        + file.use("java.util.Map") + ".of(" + String.join(", ", fixed) + "), ";
  }

  private void wrapper(Alternative each) {
    Component value = new Component("value", "value", each.type(), Component.Presence.REQUIRED, "", Docs.NONE);
    RecordText record = new RecordText(file, types, each.name(), List.of(value));
    file.blank();
    record.open(Docs.NONE, "The alternative that is " + article(each.type()) + ".", "record", " implements " + name);
    file.blank().line("@Override").open("public void write(" + file.use("dev.tenon.bus.json.JsonWriter") + " out) {");
    file.line(types.write(each.type(), "value") + ";").close("}").close("}");
  }

  private String article(Type type) {
    return "a `" + types.boxed(type) + "`";
  }
}
