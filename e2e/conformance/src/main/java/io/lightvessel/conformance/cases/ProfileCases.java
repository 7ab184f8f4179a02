package io.lightvessel.conformance.cases;

import static io.lightvessel.conformance.cases.Level.MAY;

import io.lightvessel.conformance.client.HttpRequest;
import java.util.ArrayList;
import java.util.List;

/** Profiles, whose protocol is still in development: nobody has to take them. */
final class ProfileCases {

    private ProfileCases() {}

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Encoding encoding : Encoding.values()) {
            cases.addAll(HttpCases.taken(Signal.PROFILES, encoding, "profiles", MAY));
        }
        HttpRequest garbage = Encoding.PROTOBUF
                .post(Signal.PROFILES, Encoding.PROTOBUF.garbage())
                .noted("not protobuf");
        cases.add(Case.http(
                "profiles.undecodable",
                MAY,
                "OTLP/HTTP Bad Data",
                "what cannot be decoded is a bad request",
                garbage,
                HttpExpect.status(400).and(HttpExpect.statusBody(HttpRequest.PROTOBUF))));
        cases.addAll(GrpcCases.taken(Signal.PROFILES, "profiles", MAY));
        return cases.stream()
                .map(one -> one.unless(
                        subject -> subject.takesProfiles(one.protocol()) ? "" : "the receiver takes no profiles"))
                .toList();
    }
}
