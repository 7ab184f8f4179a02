package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** Says whether the screen is live, reconnecting or offline. */
@Tag("connection-dot")
@JsModule("./platform/connection-dot.ts")
class ConnectionDot extends Component {}
