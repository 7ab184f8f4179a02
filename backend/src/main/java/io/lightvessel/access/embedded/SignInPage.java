package io.lightvessel.access.embedded;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.util.HtmlUtils;

/** The embedded provider's sign-in form: one page, nothing fetched from anywhere. */
@Controller
@ConditionalOnBooleanProperty("lightvessel.embedded.enabled")
class SignInPage {
    static final String PATH = "/identity/sign-in";

    private final String template;

    SignInPage() throws IOException {
        template = new ClassPathResource("identity/sign-in.html").getContentAsString(StandardCharsets.UTF_8);
    }

    @GetMapping(PATH)
    ResponseEntity<String> show(HttpServletRequest request, CsrfToken csrf) {
        boolean refused = request.getParameter("error") != null;
        String page = template.replace("{{action}}", PATH)
                .replace("{{csrfName}}", HtmlUtils.htmlEscape(csrf.getParameterName()))
                .replace("{{csrfToken}}", HtmlUtils.htmlEscape(csrf.getToken()))
                .replace(
                        "{{message}}",
                        refused
                                ? "<p class=\"message\" role=\"alert\">User or password is wrong. The file <code>sign-in</code> of the data"
                                        + " directory has both.</p>"
                                : "");
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'")
                .contentType(new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8))
                .body(page);
    }
}
