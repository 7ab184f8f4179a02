package io.lightvessel.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about rendering says what is rendered; {@code -Dlightvessel.golden.update=true} writes it anew. */
class RenderingPageTest {
    private static final Path PAGE = Path.of("../docs/rendering.md");

    @Test
    void thePageShowsWhatIsRendered() throws IOException {
        String page = new RenderingPage().write();
        if (Boolean.getBoolean("lightvessel.golden.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(page).isEqualTo(Files.readString(PAGE));
    }
}
