package io.lightvessel.render;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.lightvessel.stack.ClusterFacts;
import io.lightvessel.stack.RenderedFile;
import io.lightvessel.stack.StackFixtures;
import io.lightvessel.stack.StackSpec;
import io.lightvessel.wire.AgentRole;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Every field of a rendered manifest is one that Kubernetes knows, of the type it has there. */
class ManifestSchemaTest {
    private static final int STACKS = 100;
    private static final long SEED = 20261128L;

    private static final Map<String, Class<?>> KNOWN = Map.ofEntries(
            entry("v1/Service", Service.class),
            entry("v1/ServiceAccount", ServiceAccount.class),
            entry("apps/v1/Deployment", Deployment.class),
            entry("apps/v1/DaemonSet", DaemonSet.class),
            entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
            entry("rbac.authorization.k8s.io/v1/Role", Role.class),
            entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
            entry("rbac.authorization.k8s.io/v1/ClusterRole", ClusterRole.class),
            entry("rbac.authorization.k8s.io/v1/ClusterRoleBinding", ClusterRoleBinding.class),
            entry("v1/ConfigMap", ConfigMap.class));

    /** The OpenTelemetry Operator's, which no model of Kubernetes has. */
    private static final String INSTRUMENTATION = "opentelemetry.io/v1alpha1/Instrumentation";

    /** The model keeps what it does not know beside what it does; here that is an error. */
    private static final class NothingUnknown extends JacksonAnnotationIntrospector {
        @Override
        public Boolean hasAnySetter(MapperConfig<?> config, Annotated member) {
            return false;
        }
    }

    private static final JsonMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new NothingUnknown())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    config -> config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .build();

    private final Set<String> seen = new TreeSet<>();

    @Test
    void everyFieldOfWhatIsRenderedIsKubernetes() {
        check("demo", StackFixtures.demo());
        check("full", StackFixtures.full());
        check("wide", RenderFixtures.wide());
        for (int i = 0; i < STACKS; i++) {
            check("seed " + (SEED + i), new RandomStacks(SEED + i).next());
        }
        assertThat(seen).contains("v1/Service", "apps/v1/DaemonSet", INSTRUMENTATION);
        assertThat(seen).contains("autoscaling/v2/HorizontalPodAutoscaler");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxReplicas:|maxReplicass:|maxReplicass",
                "containerPort:|port:|\"port\"",
                "mountPath:|mountpath:|mountpath",
                "readOnly: true|readOnly: \"yes\"|Boolean",
                "serviceAccountName:|serviceAccountNames:|serviceAccountNames"
            })
    void aWrongFieldIsFound(String right, String wrong, String said) {
        StackSpec spec = RenderFixtures.wide();
        assertThatThrownBy(() -> {
                    for (RenderedFile file : manifests(spec).files()) {
                        check(file.name(), file.text().replaceFirst(right, wrong));
                    }
                })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(said);
    }

    private void check(String name, StackSpec spec) {
        for (RenderedFile file : manifests(spec).files()) {
            check(name + ", " + file.name(), file.text());
        }
    }

    private static Rendering manifests(StackSpec spec) {
        return new StackRenderer()
                .render(spec, new ClusterFacts("prod-eu", "production"), RenderTarget.KUBERNETES, AgentRole.GATEWAY);
    }

    private void check(String name, String text) {
        for (Object document : new Yaml().loadAll(text)) {
            if (!(document instanceof Map<?, ?> manifest) || !manifest.containsKey("kind")) {
                continue;
            }
            String kind = manifest.get("apiVersion") + "/" + manifest.get("kind");
            seen.add(kind);
            Class<?> model = KNOWN.get(kind);
            if (model == null) {
                assertThat(kind).as("%s: a kind without a model here", name).isEqualTo(INSTRUMENTATION);
                continue;
            }
            try {
                STRICT.readValue(STRICT.writeValueAsString(manifest), model);
            } catch (JacksonException e) {
                throw new AssertionError("%s, %s: %s".formatted(name, kind, e.getMessage()), e);
            }
        }
    }
}
