/**
 * Records on the wire, their serdes and the catalogue of topics; may import Avro and the Kafka
 * client.
 */
package dev.catseye.schemas;
