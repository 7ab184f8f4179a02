package io.lightvessel.stack;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
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
        target.put("type", "object");
        target.put("additionalProperties", false);
        ObjectNode properties = target.putObject("properties");
        ArrayNode required = json.createArrayNode();
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
            if (value == null && component.getAccessor().isAnnotationPresent(NotNull.class)) {
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
            values.put("type", "string");
            constraints(values, String.class, arguments[1]);
        } else if (type == List.class) {
            target.put("type", "array");
            AnnotatedType item = arguments(annotated)[0];
            type(target.putObject("items"), (Class<?>) item.getType(), item, null);
            if (defaults != null) {
                target.set("default", defaults);
            }
        } else if (type == int.class) {
            target.put("type", "integer");
        } else if (type == boolean.class) {
            target.put("type", "boolean");
        } else if (type == String.class) {
            target.put("type", "string");
        } else {
            throw new IllegalStateException(
                    type + " in a stack (expected: a record, enum, map, list, text, int or boolean)");
        }
    }

    private static void constraints(ObjectNode target, Class<?> type, AnnotatedElement element) {
        Min min = element.getAnnotation(Min.class);
        if (min != null) {
            target.put("minimum", min.value());
        }
        Max max = element.getAnnotation(Max.class);
        if (max != null) {
            target.put("maximum", max.value());
        }
        Pattern pattern = element.getAnnotation(Pattern.class);
        if (pattern != null) {
            // Bean Validation matches the whole text, JSON Schema any part of it.
            target.put("pattern", "^(?:" + pattern.regexp() + ")$");
        }
        Size size = element.getAnnotation(Size.class);
        if (size != null) {
            size(target, type, size);
        }
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
