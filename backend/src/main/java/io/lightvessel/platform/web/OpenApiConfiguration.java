package io.lightvessel.platform.web;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.converter.ResolvedSchema;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String TOKEN = "apiToken";
    private static final String TENANTS = "/api/v1/tenants/";
    private static final Set<String> ASKING = Set.of("renderStack", "diffStack", "explainStack", "verifyAuditLog");

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info()
                        .title("Lightvessel")
                        .version("v1")
                        .description("The control plane's REST API. Errors are RFC 9457 problems with a stable code.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .addSecurityItem(new SecurityRequirement().addList(TOKEN))
                .components(new Components()
                        .addSecuritySchemes(
                                TOKEN,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("lvp_")
                                        .description("An API token of the tenant in the path")));
    }

    /** Every write can be tried; operations that only ask have nothing to try. */
    @Bean
    OpenApiCustomizer triedWrites() {
        return api -> api.getPaths().forEach((path, item) -> {
            if (path.startsWith(TENANTS)) {
                Stream.of(item.getPost(), item.getPut(), item.getDelete())
                        .filter(Objects::nonNull)
                        .filter(operation -> !ASKING.contains(operation.getOperationId()))
                        .filter(operation -> Stream.ofNullable(operation.getParameters())
                                .flatMap(List::stream)
                                .noneMatch(parameter -> ValidateOnly.PARAMETER.equals(parameter.getName())))
                        .forEach(operation -> operation.addParametersItem(new Parameter()
                                .in("query")
                                .name(ValidateOnly.PARAMETER)
                                .required(false)
                                .description(
                                        "Does everything but keep it: the answer is what would be there, with status 200 for"
                                                + " 201 and the header Validated-Only.")
                                .schema(new BooleanSchema()._default(false))));
            }
        });
    }

    /** What may be sent again without being done again. */
    @Bean
    OpenApiCustomizer idempotencyKeys() {
        return api -> api.getPaths().forEach((path, item) -> {
            if (item.getPost() != null && path.startsWith(TENANTS)) {
                item.getPost()
                        .addParametersItem(new Parameter()
                                .in("header")
                                .name("Idempotency-Key")
                                .required(false)
                                .description("1 to 255 printable characters. The same request with the same key is done"
                                        + " once and answered alike for 24 hours; another request with it is 422.")
                                .schema(new StringSchema().minLength(1).maxLength(255)));
            }
        });
    }

    /** Every operation may fail with a problem; and the text is the same on every machine and port. */
    @Bean
    OpenApiCustomizer problemsEverywhere() {
        return api -> {
            ResolvedSchema problem = ModelConverters.getInstance(true)
                    .resolveAsResolvedSchema(new AnnotatedType(Problem.class).resolveAsRef(true));
            problem.referencedSchemas.forEach(api.getComponents()::addSchemas);
            ApiResponse response = new ApiResponse()
                    .description("A problem")
                    .content(new Content()
                            .addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(new Schema<>().$ref("Problem"))));
            api.getPaths()
                    .values()
                    .forEach(path -> path.readOperations()
                            .forEach(operation -> operation.getResponses().addApiResponse("default", response)));
            api.setServers(List.of(new Server().url("/").description("This control plane")));
        };
    }
}
