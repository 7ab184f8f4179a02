/** Extensions that check the credentials of receivers' clients and give exporters' requests theirs. */
@NullMarked
package io.lightvessel.gateway.auth;

import org.jspecify.annotations.NullMarked;
