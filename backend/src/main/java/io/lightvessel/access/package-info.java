/** Who may come in: people by OpenID Connect, programs by API token. */
@NullMarked
package io.lightvessel.access;

import org.jspecify.annotations.NullMarked;
