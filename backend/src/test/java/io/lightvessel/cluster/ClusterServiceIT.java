package io.lightvessel.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.TenantId;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import io.lightvessel.testing.ControlPlaneTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ControlPlaneTest
class ClusterServiceIT {
    @Autowired
    private ClusterService clusters;

    @Autowired
    private Tenants tenants;

    private TenantId tenant;

    @BeforeEach
    void newTenant() {
        tenant = tenants.ensure("t" + UUID.randomUUID().toString().substring(0, 8), "A tenant")
                .id();
    }

    @Test
    void aClusterIsReadBackAsItWasCreated() {
        Cluster created = TenantScope.call(
                tenant,
                Actor.user("ada", Role.OWNER),
                () -> clusters.create(
                        new NewCluster("prod-eu", "Production", "prod", Map.of("region", "eu", "a", "1"))));

        assertThat(TenantScope.call(tenant, Actor.user("ada", Role.OWNER), () -> clusters.get("prod-eu")))
                .isEqualTo(created)
                .returns("user:ada", Cluster::createdBy)
                .returns(Map.of("region", "eu", "a", "1"), Cluster::labels);
    }

    @Test
    void listingGoesPageByPageInOrderOfSlugs() {
        TenantScope.run(tenant, Actor.user("ada", Role.OWNER), () -> {
            for (String slug : new String[] {"c", "a", "b"}) {
                clusters.create(new NewCluster(slug));
            }
            var first = clusters.list(new PageRequest(2, null));
            assertThat(first.items()).extracting(Cluster::slug).containsExactly("a", "b");
            var second = clusters.list(PageRequest.parse(2, first.nextPageToken()));
            assertThat(second.items()).extracting(Cluster::slug).containsExactly("c");
            assertThat(second.nextPageToken()).isNull();
        });
    }

    @Test
    void aTakenSlugIsRefused() {
        TenantScope.run(tenant, Actor.user("ada", Role.OWNER), () -> {
            clusters.create(new NewCluster("prod"));
            assertThatThrownBy(() -> clusters.create(new NewCluster("prod")))
                    .isInstanceOfSatisfying(
                            LightvesselException.class,
                            e -> assertThat(e.error()).isEqualTo(ClusterError.CLUSTER_EXISTS))
                    .hasMessage("There is a cluster prod already. Choose another name.");
        });
    }

    @Test
    void aBadSlugIsRefusedWithWhatIsExpected() {
        TenantScope.run(
                tenant,
                Actor.user("ada", Role.OWNER),
                () -> assertThatThrownBy(() -> clusters.create(new NewCluster("Prod!")))
                        .hasMessage(
                                "slug: Prod! (expected: 1 to 40 lower-case letters, digits and hyphens, beginning with a letter"
                                        + " and not ending with a hyphen)"));
    }

    @Test
    void anotherTenantsClusterDoesNotExist() {
        TenantScope.run(tenant, Actor.user("ada", Role.OWNER), () -> clusters.create(new NewCluster("mine")));
        TenantId other = tenants.ensure("o" + UUID.randomUUID().toString().substring(0, 8), "Other")
                .id();

        assertThat(TenantScope.call(other, Actor.user("eve", Role.OWNER), () -> clusters.find("mine")))
                .isEmpty();
        assertThatThrownBy(() -> clusters.find("mine")).hasMessage("no actor bound to this call");
    }
}
