package io.lightvessel.console;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.router.QueryParameters;
import io.lightvessel.LightvesselApplication;
import io.lightvessel.access.Members;
import io.lightvessel.access.NewMember;
import io.lightvessel.cluster.Cluster;
import io.lightvessel.cluster.ClusterService;
import io.lightvessel.cluster.NewCluster;
import io.lightvessel.onboarding.CreatedToken;
import io.lightvessel.onboarding.EnrollmentTokens;
import io.lightvessel.onboarding.NewEnrollmentToken;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.tenancy.Actor;
import io.lightvessel.tenancy.Role;
import io.lightvessel.tenancy.Tenant;
import io.lightvessel.tenancy.TenantScope;
import io.lightvessel.tenancy.Tenants;
import java.time.Duration;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test of a screen against the whole control plane on a real PostgreSQL, without a browser. All share one context, so each
 * class has an organisation of its own.
 */
@SpringBootTest(
        classes = LightvesselApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "lightvessel.embedded.enabled=true",
            "lightvessel.opamp.port=0",
            // No development server: what it would serve is not looked at here.
            "vaadin.productionMode=true"
        })
@ContextConfiguration(initializers = FreshDataDirectory.class)
public abstract class ConsoleTest extends SpringBrowserlessTest {

    @Autowired
    protected Tenants tenants;

    @Autowired
    protected Members members;

    @Autowired
    protected ClusterService clusters;

    @Autowired
    protected EnrollmentTokens tokens;

    @LocalServerPort
    private int port;

    protected Org org(String slug) {
        Tenant tenant = tenants.ensure(slug, slug);
        member(tenant, "ada", Role.OWNER);
        return new Org(tenant, Actor.user("ada", Role.OWNER));
    }

    /** Makes somebody a member, unless they are one. */
    protected void member(Tenant tenant, String name, Role role) {
        TenantScope.run(tenant.id(), Actor.system("test"), () -> {
            if (members.list(new PageRequest(200, null)).items().stream()
                    .noneMatch(member -> member.name().equals(name))) {
                members.add(new NewMember(name, role));
            }
        });
    }

    protected Cluster cluster(Org org, String slug) {
        return org.call(() -> clusters.find(slug).orElseGet(() -> clusters.create(new NewCluster(slug))));
    }

    protected CreatedToken token(Org org, Cluster cluster) {
        return org.call(() ->
                tokens.create(new NewEnrollmentToken("for a test", cluster.id(), null, null, Duration.ofHours(1))));
    }

    /** An agent that enrolled, applied what it was sent and reports some telemetry. */
    protected PollingAgent agent(Org org, Cluster cluster, String name) throws Exception {
        PollingAgent agent = new PollingAgent(port, name);
        agent.enrol(token(org, cluster).secret());
        return agent;
    }

    /** Goes to an address, query included. */
    protected void open(String address) {
        int query = address.indexOf('?');
        UI.getCurrent()
                .navigate(
                        query < 0 ? address : address.substring(0, query),
                        query < 0 ? QueryParameters.empty() : QueryParameters.fromString(address.substring(query + 1)));
    }

    /** All text below a component, as somebody would read it. */
    protected static String textOf(Component component) {
        return component.getElement().getTextRecursively();
    }

    protected <T extends Component> T byId(Class<T> type, String id) {
        return find(type).withId(id).single();
    }

    protected String texts(Class<? extends Component> type) {
        return find(type).all().stream().map(ConsoleTest::textOf).collect(Collectors.joining("\n"));
    }
}
