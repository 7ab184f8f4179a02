package io.lightvessel.testing;

import io.lightvessel.LightvesselApplication;
import io.lightvessel.fleet.FleetFixture;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the whole control plane on a real PostgreSQL. All such tests of a module share one context, so a test makes
 * its own tenant or cluster rather than counting what is there.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = LightvesselApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "lightvessel.embedded.enabled=true",
            "lightvessel.opamp.port=0",
            "server.tomcat.connection-timeout=4s"
        })
@AutoConfigureRestTestClient
@Import({ConsoleStandIn.class, TestTenants.class, FleetFixture.class})
@ContextConfiguration(initializers = FreshDataDirectory.class)
public @interface ControlPlaneTest {}
