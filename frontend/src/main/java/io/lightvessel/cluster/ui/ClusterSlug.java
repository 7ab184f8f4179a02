package io.lightvessel.cluster.ui;

import java.text.Normalizer;
import java.util.Locale;

/** Makes the name for addresses out of the name for people. */
final class ClusterSlug {
    private static final int LENGTH = 40;

    private ClusterSlug() {}

    /** "Prod EU (Köln)" -> "prod-eu-koln"; empty when nothing usable is left. */
    static String of(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[-0-9]+|-+$", "");
        return plain.length() <= LENGTH ? plain : plain.substring(0, LENGTH).replaceAll("-+$", "");
    }
}
