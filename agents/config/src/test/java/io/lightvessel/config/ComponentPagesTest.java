package io.lightvessel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every component has a page in {@code docs/components}: words by people, and below a mark the table that the catalog gives.
 * With {@code -Dlightvessel.docs.write=true} the tables are written anew.
 */
class ComponentPagesTest {

    private static final String BEGIN = "<!-- Generated from the catalog; see ComponentPagesTest. -->\n";
    private static final Path PAGES = Path.of("../../docs/components");

    static Stream<ComponentSchema> components() {
        return ComponentCatalog.all().stream();
    }

    @ParameterizedTest
    @MethodSource("components")
    void aPageHasTheKeysOfItsComponent(ComponentSchema schema) throws IOException {
        Path page = PAGES.resolve(ComponentReference.fileName(schema));
        String table = ComponentReference.markdown(schema);
        if (Boolean.getBoolean("lightvessel.docs.write")) {
            Files.createDirectories(PAGES);
            String words = Files.exists(page)
                    ? Files.readString(page).split(BEGIN, 2)[0]
                    : "# " + schema.kind().label() + " `" + schema.type() + "`\n\n" + schema.doc() + "\n\n";
            Files.writeString(page, words + BEGIN + table);
        }
        assertThat(page)
                .as("write it by hand, or with -Dlightvessel.docs.write=true")
                .exists();
        assertThat(Files.readString(page)).contains(BEGIN).endsWith(table);
    }

    @Test
    void noPageIsLeftFromAComponentThatIsGone() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            assertThat(pages.map(page -> page.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isSubsetOf(components().map(ComponentReference::fileName).collect(Collectors.toSet()));
        }
    }

    @Test
    void theIndexNamesEveryPage() throws IOException {
        String index = Files.readString(PAGES.resolve("README.md"));
        TreeSet<String> missing = components()
                .map(ComponentReference::fileName)
                .filter(name -> !index.contains("(" + name + ")"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(missing).isEmpty();
    }
}
