package io.lightvessel.access.web;

import io.lightvessel.access.Member;
import io.lightvessel.access.Members;
import io.lightvessel.access.NewMember;
import io.lightvessel.platform.FieldError;
import io.lightvessel.platform.FieldErrors;
import io.lightvessel.platform.PageRequest;
import io.lightvessel.platform.web.Api;
import io.lightvessel.platform.web.PageBody;
import io.lightvessel.tenancy.Permission;
import io.lightvessel.tenancy.Requires;
import io.lightvessel.tenancy.Role;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriUtils;

@Api("/api/v1/tenants/{tenant}/members")
@Tag(name = "Members", description = "Who may enter a tenant, and as what")
class MemberController {
    private final Members members;

    MemberController(Members members) {
        this.members = members;
    }

    /** A member on the wire. */
    record MemberBody(String name, Role role, boolean hasSignedIn, Instant addedAt, String addedBy) {

        static MemberBody of(Member member) {
            return new MemberBody(
                    member.name(), member.role(), member.hasSignedIn(), member.addedAt(), member.addedBy());
        }
    }

    /** What a member becomes. */
    record RoleBody(@Nullable Role role) {}

    @Requires(Permission.MEMBER_READ)
    @GetMapping
    @Operation(summary = "List members by name", operationId = "listMembers")
    PageBody<MemberBody> list(
            @PathVariable String tenant,
            @RequestParam(required = false) @Nullable Integer pageSize,
            @RequestParam(required = false) @Nullable String pageToken) {
        return PageBody.of(members.list(PageRequest.parse(pageSize, pageToken)), MemberBody::of);
    }

    @Requires(Permission.MEMBER_WRITE)
    @PostMapping
    @Operation(summary = "Let someone in, with a role up to your own", operationId = "addMember")
    @ApiResponse(responseCode = "201", description = "Added", useReturnTypeSchema = true)
    ResponseEntity<MemberBody> add(@PathVariable String tenant, @RequestBody NewMember request) {
        Member added = members.add(request);
        return ResponseEntity.created(URI.create("/api/v1/tenants/%s/members/%s"
                        .formatted(tenant, UriUtils.encodePathSegment(added.name(), "UTF-8"))))
                .body(MemberBody.of(added));
    }

    @Requires(Permission.MEMBER_READ)
    @GetMapping("/{member}")
    @Operation(summary = "Get a member", operationId = "getMember")
    MemberBody get(@PathVariable String tenant, @PathVariable String member) {
        return MemberBody.of(members.get(member));
    }

    @Requires(Permission.MEMBER_WRITE)
    @PutMapping("/{member}/role")
    @Operation(summary = "Change a member's role", operationId = "changeMemberRole")
    MemberBody changeRole(@PathVariable String tenant, @PathVariable String member, @RequestBody RoleBody request) {
        if (request.role() == null) {
            String detail = "role: nothing (expected: VIEWER, EDITOR, ADMIN or OWNER)";
            throw FieldErrors.invalid(List.of(new FieldError("/role", "required", detail)));
        }
        return MemberBody.of(members.changeRole(member, request.role()));
    }

    @Requires(Permission.MEMBER_WRITE)
    @DeleteMapping("/{member}")
    @ApiResponse(responseCode = "204", description = "Removed")
    @Operation(summary = "Remove a member; the API tokens they made stop working", operationId = "removeMember")
    ResponseEntity<Void> remove(@PathVariable String tenant, @PathVariable String member) {
        members.remove(member);
        return ResponseEntity.noContent().build();
    }
}
