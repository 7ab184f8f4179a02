package io.lightvessel.stack;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.LightvesselException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes a stack as JSON. What a document leaves out takes the default; a key nobody knows is an error. */
@Component
public class StackDocument {
    private final JsonMapper json = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // A missing number is checked against its range like any other.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .changeDefaultPropertyInclusion(all -> all.withValueInclusion(JsonInclude.Include.NON_NULL))
            .build();
    private final ObjectNode defaults = json.valueToTree(StackSpec.defaults());

    public StackSpec read(String text) {
        return bind(parse(text));
    }

    /** A document in the current form, still without the defaults. */
    ObjectNode parse(String text) {
        try {
            JsonNode document = json.readTree(text);
            if (!(document instanceof ObjectNode object)) {
                throw malformed("", "stack: %s (expected: an object)".formatted(document.getNodeType()));
            }
            return StackUpgrades.apply(object);
        } catch (JacksonException e) {
            throw malformed(pointer(e), sentence(e));
        }
    }

    /** A part of a stack in the current form, whatever form it was written in. */
    ObjectNode upgraded(ObjectNode part) {
        return StackUpgrades.apply(part.deepCopy());
    }

    /** The stack that a document of the current form means, over the defaults. */
    StackSpec bind(ObjectNode document) {
        try {
            return json.treeToValue(merge(defaults.deepCopy(), document), StackSpec.class);
        } catch (JacksonException e) {
            throw malformed(pointer(e), sentence(e));
        }
    }

    public String write(StackSpec spec) {
        return json.writeValueAsString(spec);
    }

    public String writePretty(StackSpec spec) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(spec);
    }

    /** A stack as a tree, for documents that contain one. */
    public ObjectNode tree(StackSpec spec) {
        return json.valueToTree(spec);
    }

    ObjectNode defaults() {
        return defaults.deepCopy();
    }

    private static ObjectNode merge(ObjectNode base, ObjectNode over) {
        for (Map.Entry<String, JsonNode> property : over.properties()) {
            JsonNode value = property.getValue();
            if (value.isNull()) {
                continue;
            }
            if (base.get(property.getKey()) instanceof ObjectNode inner && value instanceof ObjectNode wanted) {
                merge(inner, wanted);
            } else {
                base.set(property.getKey(), value);
            }
        }
        return base;
    }

    private static String pointer(JacksonException e) {
        StringBuilder pointer = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            pointer.append('/').append(step.getPropertyName() != null ? step.getPropertyName() : step.getIndex());
        }
        return pointer.toString();
    }

    private static String sentence(JacksonException e) {
        String path = pointer(e).replaceFirst("^/", "").replace('/', '.');
        return switch (e) {
            case UnrecognizedPropertyException unknown ->
                "%s: unknown key (expected: one of %s)".formatted(path, String.join(", ", knownKeys(unknown)));
            case InvalidTypeIdException wrong ->
                "%s.type: %s (expected: one of %s)"
                        .formatted(
                                path,
                                wrong.getTypeId() == null ? "nothing" : wrong.getTypeId(),
                                String.join(
                                        ", ",
                                        StackTypes.names(wrong.getBaseType().getRawClass())));
            case InvalidFormatException wrong ->
                "%s: %s (expected: %s)".formatted(path, wrong.getValue(), expected(wrong.getTargetType()));
            case MismatchedInputException wrong ->
                "%s: wrong type (expected: %s)".formatted(path, expected(wrong.getTargetType()));
            default -> path.isEmpty() ? e.getOriginalMessage() : path + ": " + e.getOriginalMessage();
        };
    }

    private static List<String> knownKeys(UnrecognizedPropertyException unknown) {
        return unknown.getKnownPropertyIds().stream()
                .map(Object::toString)
                .sorted()
                .toList();
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another type";
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
        }
        if (type == int.class) {
            return "a whole number";
        }
        if (type == double.class) {
            return "a number";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type == String.class) {
            return "a text";
        }
        return List.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static LightvesselException malformed(String pointer, String detail) {
        return new LightvesselException(
                StackError.STACK_MALFORMED, detail, List.of(new FieldError(pointer, "malformed", detail)));
    }
}
