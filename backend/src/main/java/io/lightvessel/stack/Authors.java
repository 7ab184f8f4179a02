package io.lightvessel.stack;

import io.lightvessel.tenancy.TenantScope;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Whose work something is, by the persons who answer for it. */
final class Authors {
    private static final TypeReference<List<String>> NAMES = new TypeReference<>() {};

    private Authors() {}

    /** Whoever acts now, and those before. */
    static List<String> with(Collection<String> before) {
        TreeSet<String> all = new TreeSet<>(before);
        all.add(TenantScope.actor().answerable());
        return List.copyOf(all);
    }

    /** Those of a revision that nobody has agreed to, whose work lives on in what is made of it. */
    static List<String> unapproved(StackRevision revision) {
        Approval approval = revision.approval();
        return approval == null || approval.state() == Approval.State.APPROVED ? List.of() : approval.authors();
    }

    static List<String> read(JsonMapper json, String text) {
        return json.readValue(text, NAMES);
    }
}
