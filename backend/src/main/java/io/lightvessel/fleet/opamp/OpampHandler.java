package io.lightvessel.fleet.opamp;

/** Decides who may speak OpAMP to this server. */
public interface OpampHandler {

    Admission admit(Knock knock);
}
