package io.lightvessel.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.platform.LightvesselSettings;
import io.lightvessel.stack.StackRevision;
import io.lightvessel.stack.StackService;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.stack.StaticJob;
import io.lightvessel.tenancy.Tenants;
import io.lightvessel.testing.ControlPlaneTest;
import io.lightvessel.testing.TestTenants;
import io.lightvessel.testing.TestTenants.TestTenant;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;

@ControlPlaneTest
class DemoClusterIT {
    private static final String SINK = "http://127.0.0.1:14328/otlp";

    @Autowired
    private TestTenants tenants;

    @Autowired
    private Tenants knownTenants;

    @Autowired
    private ClusterService clusters;

    @Autowired
    private StackService stacks;

    private TestTenant tenant;

    @BeforeEach
    void newTenant() {
        tenant = tenants.create();
    }

    @Test
    void theFirstStartMakesClusterAndStack() {
        start("http://127.0.0.1:9090/api/v1/write", SINK);

        StackRevision revision = current();
        assertThat(revision).returns(1, StackRevision::number).returns("system:demo", StackRevision::author);
        assertThat(revision.spec().backends().logs().endpoint()).isEqualTo(SINK);
        assertThat(revision.spec().backends().traces().insecure()).isTrue();
        assertThat(revision.spec().gateway().scraping().jobs())
                .containsExactly(new StaticJob("agents", List.of("127.0.0.1:8888"), null, false));
        assertThat(revision.spec().gateway().profiles().jobs())
                .containsExactly(new StaticJob("prometheus", List.of("127.0.0.1:9090"), null, false));
        assertThat(revision.spec().gateway().clustering().peers()).hasSize(2);
        assertThat(revision.spec().collector().profiles().enabled()).isTrue();
    }

    @Test
    void startingAgainChangesNothing() {
        start("http://127.0.0.1:9090/api/v1/write", SINK);
        start("http://127.0.0.1:9090/api/v1/write", SINK);

        assertThat(current().number()).isEqualTo(1);
    }

    @Test
    void backendsThatMovedAreANewRevisionWhichKeepsWhatPeopleChanged() {
        start("http://127.0.0.1:9090/api/v1/write", SINK);
        tenant.run(() -> {
            Cluster cluster = clusters.get("demo");
            StackSpec spec = current().spec();
            stacks.save(
                    cluster,
                    spec.withGateway(spec.gateway().withResourceAttributes(Map.of("team", "shop"))),
                    1,
                    "mine");
        });

        start("http://127.0.0.1:9999/api/v1/write", SINK);

        StackRevision revision = current();
        assertThat(revision.number()).isEqualTo(3);
        assertThat(revision.spec().gateway().resourceAttributes()).containsEntry("team", "shop");
        assertThat(revision.spec().backends().metrics().endpoint()).isEqualTo("http://127.0.0.1:9999/api/v1/write");
    }

    @Test
    void withoutBackendsThereIsAClusterButNoStack() {
        run(new DemoSettings(true, null, null, null, null, false, "", "", List.of(), null));

        tenant.run(() -> assertThat(stacks.current(clusters.get("demo").id())).isEmpty());
    }

    private void start(String metrics, String logs) {
        run(new DemoSettings(
                true,
                metrics,
                "127.0.0.1:14327",
                logs,
                "http://127.0.0.1:4040",
                true,
                "agents=127.0.0.1:8888",
                "prometheus=127.0.0.1:9090",
                List.of("127.0.0.1:7946", "127.0.0.1:7947"),
                "http://127.0.0.1:3000"));
    }

    private void run(DemoSettings settings) {
        new DemoCluster(
                        settings,
                        new LightvesselSettings(
                                Path.of("unused"),
                                new LightvesselSettings.Embedded(
                                        true, tenant.tenant().slug(), "demo")),
                        knownTenants,
                        clusters,
                        stacks)
                .run(new DefaultApplicationArguments());
    }

    private StackRevision current() {
        return tenant.call(() -> stacks.current(clusters.get("demo").id()).orElseThrow());
    }
}
