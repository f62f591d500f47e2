package dev.tenon.contract.coupling;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// A `package.json` or a `pom.xml`: what a component is called as a package, and which packages it asks for.
///
/// @param file [#NPM] or [#MAVEN]
/// @param name as others ask for it; empty where it has none
/// @param asked version, range or path by name of package
record PackageFile(Component component, String file, String name, Map<String, String> asked) {

  static final String NPM = "package.json";
  static final String MAVEN = "pom.xml";

  private static final List<String> NPM_LISTS = List.of("dependencies", "devDependencies", "optionalDependencies", "peerDependencies");
  private static final Pattern NPM_PATH = Pattern.compile("(?:file|link|portal):(.*)");
  private static final ObjectMapper JSON = new ObjectMapper();

  PackageFile {
    asked = Map.copyOf(asked);
  }

  static PackageFile npm(Component component) {
    Path file = component.folder().resolve(NPM);
    try {
      JsonNode document = JSON.readTree(Files.readString(file));
      Map<String, String> asked = new HashMap<>();
      for (String list : NPM_LISTS) {
        document.path(list).properties().forEach(each -> asked.put(each.getKey(), each.getValue().asText()));
      }
      return new PackageFile(component, NPM, document.path("name").asText(), asked);
    } catch (JsonProcessingException broken) {
      throw new CouplingException(file + " – it is not JSON: " + broken.getOriginalMessage() + " – mend it", broken);
    } catch (IOException broken) {
      throw new CouplingException(file + " – it cannot be read – make it readable", broken);
    }
  }

  static PackageFile maven(Component component) {
    Path file = component.folder().resolve(MAVEN);
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element project = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
      String group = child(project, "groupId").or(() -> element(project, "parent").flatMap(parent -> child(parent, "groupId"))).orElse("");
      Map<String, String> asked = new HashMap<>();
      NodeList dependencies = project.getElementsByTagName("dependency");
      for (int i = 0; i < dependencies.getLength(); i++) {
        Element dependency = (Element) dependencies.item(i);
        asked.put(coordinates(dependency, group), child(dependency, "version").orElse(""));
      }
      return new PackageFile(component, MAVEN, coordinates(project, group), asked);
    } catch (SAXException broken) {
      throw new CouplingException(file + " – it is not XML: " + broken.getMessage() + " – mend it", broken);
    } catch (IOException | ParserConfigurationException broken) {
      throw new CouplingException(file + " – it cannot be read – make it readable", broken);
    }
  }

  /// Whether this one asks for the other: by its name, or by the path of its folder.
  boolean needs(PackageFile other) {
    return (!other.name.isEmpty() && asked.containsKey(other.name)) || asked.values().stream().map(NPM_PATH::matcher).filter(Matcher::matches)
        .anyMatch(path -> component.folder().resolve(path.group(1)).normalize().startsWith(other.component.folder()));
  }

  private static String coordinates(Element element, String projectGroup) {
    return child(element, "groupId").map(group -> group.replace("${project.groupId}", projectGroup)).orElse(projectGroup) + ":" + child(element, "artifactId").orElse("");
  }

  private static Optional<String> child(Element parent, String name) {
    return element(parent, name).map(found -> found.getTextContent().strip());
  }

  private static Optional<Element> element(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element found && found.getTagName().equals(name)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }
}
