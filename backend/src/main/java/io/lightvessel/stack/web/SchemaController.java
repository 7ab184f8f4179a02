package io.lightvessel.stack.web;

import io.lightvessel.stack.StackSchema;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

@RestController
@Tag(name = "Schemas", description = "The forms of documents")
class SchemaController {
    private final StackSchema stack;

    SchemaController(StackSchema stack) {
        this.stack = stack;
    }

    @GetMapping(
            path = "/api/v1/schemas/stack",
            produces = {"application/schema+json", "application/json"})
    @Operation(summary = "Get the JSON Schema of a stack", operationId = "getStackSchema")
    @SecurityRequirements
    ResponseEntity<JsonNode> stack() {
        return ResponseEntity.ok(stack.document());
    }
}
