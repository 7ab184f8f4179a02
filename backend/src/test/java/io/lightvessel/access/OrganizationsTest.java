package io.lightvessel.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrganizationsTest {

    @Test
    void bothOfKeycloaksFormsAreRead() {
        assertThat(Organizations.of(List.of("b", "a"))).containsExactly("a", "b");
        assertThat(Organizations.of(Map.of("acme", Map.of("id", "42")))).containsExactly("acme");
        assertThat(Organizations.of("acme")).containsExactly("acme");
    }

    @Test
    void withoutTheClaimThereIsNoOrganization() {
        assertThat(Organizations.of(null)).isEmpty();
        assertThat(Organizations.of(7)).isEmpty();
        assertThat(Organizations.of(List.of(7, "a"))).containsExactly("a");
    }
}
