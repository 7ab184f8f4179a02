package io.lightvessel.onboarding.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinServletRequest;
import io.lightvessel.onboarding.EnrollmentToken;
import io.lightvessel.platform.ui.CodeBlock;
import io.lightvessel.platform.ui.Switcher;
import io.lightvessel.wire.AgentRole;
import java.util.List;
import java.util.Locale;

/** The command that starts an agent with a fresh token, in the forms that exist today. */
class EnrolmentCommand extends Div {

    private final String secret;
    private final String controlPlane;
    private final CodeBlock direct = new CodeBlock("Command", "");
    private final CodeBlock file = new CodeBlock("Commands", "");

    EnrolmentCommand(EnrollmentToken token, String secret) {
        this.secret = secret;
        this.controlPlane = controlPlane();
        setId("enrolment-command");
        addClassName("lv-body");
        direct.addClassName("lv-wrap");
        direct.setId("command-direct");
        file.addClassName("lv-wrap");
        file.setId("command-file");
        AgentRole only = token.role();
        AgentRole first = only == null ? AgentRole.GATEWAY : only;
        if (only == null) {
            Select<AgentRole> role = new Select<>();
            role.setId("command-role");
            role.setLabel("Role");
            role.setItems(List.of(AgentRole.values()));
            role.setItemLabelGenerator(EnrolmentCommand::describe);
            role.setValue(first);
            role.setWidth("330px");
            role.addValueChangeListener(event -> show(event.getValue()));
            add(role);
        }
        Switcher forms = new Switcher("Form of the command");
        Paragraph visible =
                new Paragraph("The token is visible in the process list of the machine while the agent starts.");
        visible.addClassName("lv-soft");
        Paragraph hidden =
                new Paragraph("The token stays out of the process list and of the shell's history of arguments.");
        hidden.addClassName("lv-soft");
        forms.addContent("Command line", new Div(direct, visible));
        forms.addContent("Token in a file", new Div(file, hidden));
        add(forms);
        show(first);
    }

    private void show(AgentRole role) {
        direct.setText("./lightvessel agent --role %s --control-plane %s --state ./agent-state --token %s"
                .formatted(wire(role), controlPlane, secret));
        file.setText("""
                (umask 077; cat > enrolment-token <<'END'
                %s
                END
                )
                ./lightvessel agent --role %s --control-plane %s --state ./agent-state --token-file enrolment-token""".formatted(secret, wire(role), controlPlane));
    }

    private static String describe(AgentRole role) {
        return switch (role) {
            case GATEWAY -> "Gateway: receives and passes on";
            case COLLECTOR -> "Collector: reads what one node writes";
            case EDGE -> "Edge: both, for a single host";
        };
    }

    private static String wire(AgentRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** The address this browser reached the control plane at; an agent elsewhere may need another one. */
    private static String controlPlane() {
        if (VaadinRequest.getCurrent() instanceof VaadinServletRequest request) {
            String scheme = request.getHttpServletRequest().getScheme();
            int port = request.getHttpServletRequest().getServerPort();
            boolean usual = scheme.equals("https") ? port == 443 : port == 80;
            return scheme + "://" + request.getHttpServletRequest().getServerName() + (usual ? "" : ":" + port);
        }
        return "http://127.0.0.1:8080";
    }
}
