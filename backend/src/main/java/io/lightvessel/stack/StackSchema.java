package io.lightvessel.stack;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of a stack, made from its records, their constraints and the default stack. */
@Component
public class StackSchema {
    private final JsonMapper json = new JsonMapper();
    private final ObjectNode schema;

    StackSchema(StackDocument documents) {
        schema = json.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("$id", "/api/v1/schemas/stack");
        schema.put("title", "Stack " + StackSpec.API_VERSION);
        record(schema, StackSpec.class, documents.defaults());
    }

    public JsonNode document() {
        return schema.deepCopy();
    }

    private void record(ObjectNode target, Class<?> type, @Nullable JsonNode defaults) {
        record(target, type, null, defaults);
    }

    private void record(ObjectNode target, Class<?> type, @Nullable String typeName, @Nullable JsonNode defaults) {
        target.put("type", "object");
        target.put("additionalProperties", false);
        ObjectNode properties = target.putObject("properties");
        ArrayNode required = json.createArrayNode();
        if (typeName != null) {
            properties.putObject("type").put("const", typeName);
            required.add("type");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode value = defaults == null ? null : defaults.get(component.getName());
            ObjectNode property = properties.putObject(component.getName());
            Doc doc = component.getAnnotation(Doc.class);
            if (doc != null) {
                property.put("description", doc.value());
            }
            AnnotatedType annotated = component.getAccessor().getAnnotatedReturnType();
            type(property, component.getType(), annotated, value);
            constraints(property, component.getType(), component.getAccessor());
            if (value == null && find(component.getAccessor(), NotNull.class) != null) {
                required.add(component.getName());
            } else if (value != null && value.isValueNode()) {
                property.set("default", value);
            }
        }
        if (!required.isEmpty()) {
            target.set("required", required);
        }
    }

    private void type(ObjectNode target, Class<?> type, AnnotatedType annotated, @Nullable JsonNode defaults) {
        if (type.isRecord()) {
            record(target, type, defaults);
        } else if (type.isSealed()) {
            ArrayNode alternatives = target.putArray("oneOf");
            StackTypes.byName(type).forEach((name, of) -> record(alternatives.addObject(), of, name, null));
        } else if (type.isEnum()) {
            ArrayNode values = target.putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                values.add(((Enum<?>) constant).name());
            }
        } else if (type == Map.class) {
            target.put("type", "object");
            AnnotatedType[] arguments = arguments(annotated);
            constraints(target.putObject("propertyNames"), String.class, arguments[0]);
            ObjectNode values = target.putObject("additionalProperties");
            type(values, (Class<?>) arguments[1].getType(), arguments[1], null);
            constraints(values, (Class<?>) arguments[1].getType(), arguments[1]);
        } else if (type == List.class) {
            target.put("type", "array");
            AnnotatedType item = arguments(annotated)[0];
            ObjectNode items = target.putObject("items");
            type(items, (Class<?>) item.getType(), item, null);
            constraints(items, (Class<?>) item.getType(), item);
            if (defaults != null) {
                target.set("default", defaults);
            }
        } else if (type == int.class) {
            target.put("type", "integer");
        } else if (type == double.class) {
            target.put("type", "number");
        } else if (type == boolean.class) {
            target.put("type", "boolean");
        } else if (type == String.class) {
            target.put("type", "string");
        } else {
            throw new IllegalStateException(type
                    + " in a stack (expected: a record, sealed interface, enum, map, list, text, number or boolean)");
        }
    }

    private static void constraints(ObjectNode target, Class<?> type, AnnotatedElement element) {
        Min min = find(element, Min.class);
        if (min != null) {
            target.put("minimum", min.value());
        }
        Max max = find(element, Max.class);
        if (max != null) {
            target.put("maximum", max.value());
        }
        Pattern pattern = find(element, Pattern.class);
        if (pattern != null) {
            // Bean Validation matches the whole text, JSON Schema any part of it.
            target.put("pattern", "^(?:" + pattern.regexp() + ")$");
        }
        Size size = find(element, Size.class);
        if (size != null) {
            size(target, type, size);
        }
    }

    /** The constraint itself, or within one of our own that is made of others. */
    private static <A extends Annotation> @Nullable A find(AnnotatedElement element, Class<A> wanted) {
        A direct = element.getAnnotation(wanted);
        if (direct != null) {
            return direct;
        }
        for (Annotation present : element.getAnnotations()) {
            A inner = present.annotationType().getAnnotation(wanted);
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    private static void size(ObjectNode target, Class<?> type, Size size) {
        String suffix = type == Map.class ? "Properties" : type == List.class ? "Items" : "Length";
        if (size.min() > 0) {
            target.put("min" + suffix, size.min());
        }
        if (size.max() < Integer.MAX_VALUE) {
            target.put("max" + suffix, size.max());
        }
    }

    private static AnnotatedType[] arguments(AnnotatedType annotated) {
        return ((AnnotatedParameterizedType) annotated).getAnnotatedActualTypeArguments();
    }
}
