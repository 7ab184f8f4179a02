/** Keeps tenants and members in Keycloak too, as organizations and those who belong to them. */
@NullMarked
package io.lightvessel.access.keycloak;

import org.jspecify.annotations.NullMarked;
