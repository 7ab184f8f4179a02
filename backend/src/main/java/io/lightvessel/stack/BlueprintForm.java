package io.lightvessel.stack;

import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.LightvesselException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Says what is wrong with a blueprint in itself: its parts must be readable as parts of a stack. */
@Component
class BlueprintForm {
    private final StackDocument documents;
    private final FieldErrors constraints;

    BlueprintForm(StackDocument documents, FieldErrors constraints) {
        this.documents = documents;
        this.constraints = constraints;
    }

    void require(BlueprintContent content) {
        List<FieldError> found = new ArrayList<>(constraints.find(content));
        if (found.isEmpty()) {
            String duplicate = content.duplicate();
            if (duplicate != null) {
                found.add(new FieldError(
                        "/overrides",
                        "inconsistent",
                        "overrides: two are named %s (expected: names of their own)".formatted(duplicate)));
            }
            part("/spec", content.spec(), content.spec(), found);
            for (int i = 0; i < content.overrides().size(); i++) {
                part(
                        "/overrides/%d/spec".formatted(i),
                        content.spec(),
                        content.overrides().get(i).spec(),
                        found);
            }
        }
        if (!found.isEmpty()) {
            throw new LightvesselException(
                    StackError.BLUEPRINT_INVALID, found.getFirst().detail(), found);
        }
    }

    BlueprintContent upgraded(BlueprintContent content) {
        return new BlueprintContent(
                documents.upgraded(content.spec()),
                content.overrides().stream()
                        .map(override -> new BlueprintContent.Override(
                                override.name(), override.selector(), documents.upgraded(override.spec())))
                        .toList());
    }

    /** An override may rely on what the blueprint says, the type of a destination for one. */
    private void part(String pointer, ObjectNode base, ObjectNode part, List<FieldError> found) {
        ObjectNode current = documents.upgraded(part);
        if (!StackSpec.API_VERSION.equals(current.path("apiVersion").asString(""))) {
            FieldError version = new FieldError(
                    "/apiVersion",
                    "pattern",
                    "apiVersion: %s (expected: %s)".formatted(current.get("apiVersion"), StackSpec.API_VERSION));
            found.add(within(pointer, version));
            return;
        }
        try {
            StackSpec spec = documents.bind(new StackLayers()
                    .add(Origin.DEFAULT, documents.upgraded(base))
                    .add(Origin.DEFAULT, current)
                    .document());
            constraints.find(spec).forEach(error -> found.add(within(pointer, error)));
        } catch (LightvesselException e) {
            e.fields().forEach(error -> found.add(within(pointer, error)));
        }
    }

    private static FieldError within(String pointer, FieldError error) {
        return new FieldError(
                pointer + error.pointer(), error.code(), pointer.substring(1).replace('/', '.') + "." + error.detail());
    }
}
