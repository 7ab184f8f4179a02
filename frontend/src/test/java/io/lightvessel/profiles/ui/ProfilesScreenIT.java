package io.lightvessel.profiles.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.console.ConsoleTest;
import io.lightvessel.console.SignedInAs;
import io.lightvessel.platform.ui.EmptyState;
import io.lightvessel.platform.ui.Org;
import org.junit.jupiter.api.Test;

@SignedInAs(organisations = "console-profiles")
class ProfilesScreenIT extends ConsoleTest {

    @Test
    void screenSaysWhyThereIsNothingAndWhereToGoOn() throws Exception {
        Org org = org("console-profiles");
        open("o/console-profiles/profiles");
        assertThat(texts(EmptyState.class)).contains("No clusters yet").contains("Connect a cluster");

        agent(org, cluster(org, "prod"), "gateway-1");
        open("o/console-profiles/profiles?cluster=prod");

        assertThat(texts(EmptyState.class)).contains("No agent to ask").contains("Agents of prod");
        assertThat(find(FlameGraph.class).exists()).isFalse();
    }
}
