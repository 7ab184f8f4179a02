package io.lightvessel.testing.keycloak;

import io.lightvessel.LightvesselApplication;
import io.lightvessel.testing.ConsoleStandIn;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the control plane as it runs in production: with a Keycloak and a PostgreSQL that are not part of it. All such
 * tests share one of each.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
        named = "lightvessel.keycloak",
        matches = "true",
        disabledReason = "needs Keycloak, a download of 177 MB: -Dlightvessel.keycloak=true gets it and runs this test")
@SpringBootTest(
        classes = LightvesselApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"lightvessel.embedded.enabled=false", "lightvessel.opamp.port=0"})
@AutoConfigureRestTestClient
@Import({ConsoleStandIn.class, KeycloakComesLater.class})
@ContextConfiguration(initializers = ProductionParts.class)
public @interface KeycloakTest {}
