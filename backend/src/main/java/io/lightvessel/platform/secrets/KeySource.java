package io.lightvessel.platform.secrets;

import java.util.List;

/**
 * Where sealing keys come from: a file, the environment, or a bean of this type that asks a key management service. The first key
 * seals; all of them open, so that what an earlier one sealed can still be read while keys change.
 */
public interface KeySource {

    /** At least one. */
    List<SealingKey> keys();

    /** Takes a new key in front and returns it; or says what to do where this program may not. */
    SealingKey add();

    /** Gives up all keys but the first. */
    void forgetOld();
}
