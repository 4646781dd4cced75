/**
 * Records on the wire, their serdes and the catalogue of topics; may import Avro, the Kafka client
 * and the codecs that come with it.
 */
package dev.catseye.schemas;
