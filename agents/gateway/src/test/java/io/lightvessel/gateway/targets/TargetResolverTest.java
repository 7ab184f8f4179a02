package io.lightvessel.gateway.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightvessel.gateway.relabel.NameScheme;
import io.lightvessel.gateway.relabel.RelabelRule;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetResolverTest {

    @Test
    void aTargetHasItsLabelsAndAUrl() {
        Target target = usable(
                Map.of("__address__", "db:9187", "__meta_x", "y", "env", "own"), Map.of("env", "group", "team", "a"));
        assertThat(target.labels()).hasToString("{env=\"own\", instance=\"db:9187\", job=\"node\", team=\"a\"}");
        assertThat(target.url()).isEqualTo("http://db:9187/metrics?a=1&a=2");
        assertThat(target.interval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(target.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(target.internals().asMap())
                .containsOnlyKeys(
                        "__address__",
                        "__metrics_path__",
                        "__scheme__",
                        "__param_a",
                        "__scrape_interval__",
                        "__scrape_timeout__");
    }

    @Test
    void internalLabelsSayHowItIsAsked() {
        Target target = usable(
                Map.of(
                        "__address__", "[::1]:80",
                        "__scheme__", "https",
                        "__metrics_path__", "probe it?",
                        "__param_a", "x y*~",
                        "__param_module", "http/2",
                        "__scrape_interval__", "5s",
                        "__scrape_timeout__", "4s",
                        "__tmp_x", "gone"),
                Map.of("instance", "mine"));
        assertThat(target.url()).isEqualTo("https://[::1]:80/probe%20it%3F?a=x+y%2A~&a=2&module=http%2F2");
        assertThat(target.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(target.timeout()).isEqualTo(Duration.ofSeconds(4));
        assertThat(target.labels()).hasToString("{instance=\"mine\", job=\"node\"}");
        assertThat(target.internals().get("__tmp_x")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://a:1",
                "a/b",
                "a b:1",
                "u:p@a:1",
                "a:1?x",
                "a:1#x",
                "a:99999",
                "a:",
                ":80",
                "[::1",
                "[a:1",
                "a:b:1",
                "[::1]x:80",
                "a\\b",
                "a:1\n"
            })
    void anAddressIsHostAndPortOnly(String address) {
        assertThat(unusable(Map.of("__address__", address, "x", "y"))).contains("__address__", "(expected: host:port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a:1", "my_db.ns:9100", "10.0.0.1:80", "[fe80::1%1]:9100", "[::1]", "münchen:1"})
    void hostsComeInManyForms(String address) {
        assertThat(usable(Map.of("__address__", address), Map.of()).address()).isEqualTo(address);
    }

    @Test
    void whatIsWrongIsSaid() {
        assertThat(unusable(Map.of("__address__", "a:1", "__scheme__", "ftp")))
                .isEqualTo("__scheme__: 'ftp' (expected: http or https)");
        assertThat(unusable(Map.of("__address__", "a:1", "__unix_socket__", "/run/a.sock")))
                .isEqualTo("__unix_socket__: '/run/a.sock' (expected: none; targets are asked over TCP only)");
        assertThat(unusable(Map.of("__address__", "a:1", "__scrape_interval__", "soon")))
                .isEqualTo("__scrape_interval__: 'soon' (expected: a duration of 1ms or more, such as 30s)");
        assertThat(unusable(Map.of("__address__", "a:1", "__scrape_timeout__", "0")))
                .isEqualTo("__scrape_timeout__: '0' (expected: a duration of 1ms or more, such as 30s)");
        assertThat(unusable(Map.of("__address__", "a:1", "__scrape_timeout__", "2m")))
                .isEqualTo("__scrape_timeout__: 2m (expected: at most __scrape_interval__, which is 1m)");
        assertThat(unusable(Map.of("__address__", "a:1", "x", "half \ud83d")))
                .isEqualTo("the value of label 'x' is no Unicode text");
    }

    @Test
    void theKeyIsTheSameOnEveryReplica() {
        long key = usable(Map.of("__address__", "a:1", "x", "1"), Map.of("y", "2"))
                .key()
                .hash();
        assertThat(usable(Map.of("y", "2", "x", "1", "__address__", "a:1", "__meta_node", "n"), Map.of())
                        .key()
                        .hash())
                .isEqualTo(key);
        // Written down: replicas of different versions must agree.
        assertThat(key).isEqualTo(KEY);
        for (Map.Entry<String, String> change : Map.of("x", "2", "__scrape_interval__", "2m", "__scheme__", "https")
                .entrySet()) {
            Map<String, String> labels = new HashMap<>(Map.of("__address__", "a:1", "x", "1"));
            labels.put(change.getKey(), change.getValue());
            assertThat(usable(labels, Map.of("y", "2")).key().hash())
                    .as(change.getKey())
                    .isNotEqualTo(key);
        }
    }

    private static final long KEY = 6435506236225332455L;

    @Test
    void theRuleThatDroppedATargetIsNamed() {
        TargetResolver resolver =
                new TargetResolver(TargetFixtures.options(RelabelRule.set("a", "b"), RelabelRule.keep("prod", "env")));
        Resolution resolution = resolver.resolve(Map.of("__address__", "a:1", "env", "test"), Map.of());
        assertThat(resolution).isEqualTo(new Resolution.Dropped(1));
        assertThat(resolver.describe((Resolution.Dropped) resolution))
                .isEqualTo("relabel_configs::1 (keep) dropped it");
    }

    @Test
    void legacyNamesAreDemandedOfTheResult() {
        TargetResolver resolver = new TargetResolver(TargetFixtures.options(NameScheme.LEGACY));
        assertThat(resolver.resolve(Map.of("__address__", "a:1", "a.b", "c"), Map.of()))
                .isEqualTo(new Resolution.Unusable("label 'a.b' (expected: a valid name)"));
    }

    private static Target usable(Map<String, String> target, Map<String, String> group) {
        Resolution resolution = resolver().resolve(target, group);
        assertThat(resolution).isInstanceOf(Resolution.Usable.class);
        return ((Resolution.Usable) resolution).target();
    }

    private static String unusable(Map<String, String> target) {
        Resolution resolution = resolver().resolve(target, Map.of());
        assertThat(resolution).isInstanceOf(Resolution.Unusable.class);
        return ((Resolution.Unusable) resolution).reason();
    }

    private static TargetResolver resolver() {
        TargetOptions options = TargetFixtures.options();
        return new TargetResolver(new TargetOptions(
                options.pool(),
                options.job(),
                options.scheme(),
                options.path(),
                Map.of("a", List.of("1", "2"), "none", List.of()),
                options.interval(),
                options.timeout(),
                List.of(),
                options.names(),
                0,
                0));
    }
}
