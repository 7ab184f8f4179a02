package io.lightvessel.fleet.opamp;

import io.lightvessel.wire.OpampFrame;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Puts the OpAMP server on the main port and on its own. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OpampProperties.class)
class OpampConfiguration {

    @Bean
    InboundBudget opampInboundBudget(OpampProperties settings) {
        return new InboundBudget(settings.budgetBytes());
    }

    @Bean
    WebSocketTransport opampWebSocketTransport(OpampProperties settings, InboundBudget budget) {
        return new WebSocketTransport(settings, budget);
    }

    @Bean
    ServletRegistrationBean<OpampServlet> opampServlet(
            OpampHandler handler, OpampProperties settings, InboundBudget budget, WebSocketTransport webSocket) {
        OpampServlet servlet = new OpampServlet(handler, new HttpTransport(settings, budget), webSocket);
        ServletRegistrationBean<OpampServlet> registration = new ServletRegistrationBean<>(servlet, OpampFrame.PATH);
        registration.setName("opamp");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    OpampListener opampListener(
            OpampProperties settings, @Value("${server.address:#{null}}") @Nullable String address) {
        return new OpampListener(settings, address);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> opampConnector(OpampListener listener) {
        return factory -> {
            Connector connector = listener.connector();
            if (connector != null) {
                factory.addAdditionalConnectors(connector);
            }
        };
    }

    @Bean
    FilterRegistrationBean<OpampPortFilter> opampPortFilter(OpampListener listener) {
        FilterRegistrationBean<OpampPortFilter> registration =
                new FilterRegistrationBean<>(new OpampPortFilter(listener));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}
