package io.lightvessel.console;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Screens use what features offer, which is the public types of a feature's own package, and nothing behind it. */
class BoundariesTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.lightvessel");

    /** "io.lightvessel.fleet.opamp": something within a feature that is neither its face nor a screen. */
    private static final DescribedPredicate<JavaClass> INSIDE_A_FEATURE = describe(
            "inside a feature",
            type -> type.getPackageName()
                            .matches(
                                    "io\\.lightvessel\\.(tenancy|access|audit|cluster|fleet|stack|render|topology|scaling|links|onboarding|demo|platform)\\..+")
                    && !type.getPackageName().endsWith(".ui"));

    @Test
    void screensDoNotReachBehindAFeature() {
        noClasses()
                .that()
                .resideInAPackage("io.lightvessel..ui")
                .should()
                .dependOnClassesThat(INSIDE_A_FEATURE)
                .check(ALL);
    }

    @Test
    void nothingBelowTheScreensKnowsThem() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.lightvessel..ui")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.lightvessel..ui")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("com.vaadin..")
                .check(ALL);
    }

    @Test
    void sharedScreenPartsKnowNoFeaturesScreens() {
        noClasses()
                .that()
                .resideInAPackage("io.lightvessel.platform.ui")
                .should()
                .dependOnClassesThat(describe(
                        "screens of features",
                        type -> type.getPackageName().startsWith("io.lightvessel.")
                                && type.getPackageName().endsWith(".ui")
                                && !type.getPackageName().equals("io.lightvessel.platform.ui")))
                .check(ALL);
    }
}
