package io.lightvessel;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Features do not reach into each other's insides, and there is no circle among them. */
class ModularityTest {

    @Test
    void featuresKeepTheirBoundaries() {
        ApplicationModules.of(
                        LightvesselApplication.class,
                        // The agents' modules are libraries here, with boundaries of their own.
                        resideInAnyPackage("io.lightvessel.wire..", "io.lightvessel.config..")
                                .or(resideInAnyPackage("io.lightvessel.testing..", "io.lightvessel.api..")))
                .verify();
    }
}
