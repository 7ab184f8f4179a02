package io.lightvessel.gateway.cluster.core;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The view in force and, until a quorum of both has accepted it, the one before.
 *
 * @param base null once the view is agreed
 */
public record Config(View view, @Nullable View base) {

    boolean isAgreed() {
        return base == null;
    }

    boolean has(MemberId id) {
        return view.has(id) || (base != null && base.has(id));
    }

    Set<MemberId> ids() {
        Set<MemberId> all = new LinkedHashSet<>(view.ids());
        if (base != null) {
            all.addAll(base.ids());
        }
        return all;
    }
}
