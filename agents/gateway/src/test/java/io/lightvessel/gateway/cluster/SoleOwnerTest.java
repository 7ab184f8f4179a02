package io.lightvessel.gateway.cluster;

/** {@link SoleOwner} keeps the contract. */
class SoleOwnerTest extends OwnershipContract {

    @Override
    Ownership ownership() {
        return new SoleOwner("me");
    }
}
