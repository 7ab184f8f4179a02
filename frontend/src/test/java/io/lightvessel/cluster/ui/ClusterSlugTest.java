package io.lightvessel.cluster.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.platform.Slug;
import org.junit.jupiter.api.Test;

class ClusterSlugTest {

    @Test
    void namesForPeopleBecomeSlugs() {
        assertThat(ClusterSlug.of("Prod EU (Köln)")).isEqualTo("prod-eu-koln");
        assertThat(ClusterSlug.of("  9 lives! ")).isEqualTo("lives");
    }

    @Test
    void whatHasNoLettersBecomesNothing() {
        assertThat(ClusterSlug.of("42")).isEmpty();
        assertThat(ClusterSlug.of("日本")).isEmpty();
    }

    @Test
    void longNamesAreCutToAValidSlug() {
        String slug = ClusterSlug.of("a very long name for a cluster that goes-- on and on and on");
        assertThat(slug).hasSizeLessThanOrEqualTo(40);
        assertThat(Slug.isValid(slug)).isTrue();
    }
}
