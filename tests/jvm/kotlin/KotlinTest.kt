// SPDX-License-Identifier: MIT
import org.focussession.*
import org.focussession.ktx.*
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNotNull
import org.junit.Assert.assertTrue
import org.junit.Test

/** The classes as they are used from Kotlin. */
class KotlinTest {
    private fun Request.small() {
        seed(7).sampleRate(8000).segmentSeconds(20.0)
    }

    @Test
    fun `a session is started, steered and heard`() {
        openService { storage(Storage.MEMORY).workerCount(1) }.use { service ->
            service.start(Goal.FOCUS, 1) { small() }.use { session ->
                assertNotNull(session.nextEvent(20_000))
                assertTrue(session.steer { intensity(Intensity.LOW).atSeconds(30.0) } >= 30.0)
                session.play { mode(PlayerMode.OFFLINE) }.use { player ->
                    assertEquals(4000, player.read(FloatArray(8000)))
                    assertEquals(0.5, player.info().positionSeconds, 0.01)
                }
            }
        }
    }

    @Test
    fun `events end when the session does`() {
        openService { storage(Storage.MEMORY).workerCount(1) }.use { service ->
            service.start(Goal.CUSTOM_PROMPT, 1) { small(); customPrompt("rain \uD83C\uDF27") }.use {
                assertEquals("rain \uD83C\uDF27", it.info().customPrompt)
                val ready = it.events().filter { event -> event.type == EventType.SEGMENT_READY }
                assertEquals(it.info().totalSegments, ready.count())
                assertEquals(SessionStatus.ENDED, it.info().status)
            }
        }
    }

    @Test
    fun `an engine may be an object`() {
        val hum = object : Engine {
            override fun describe() = EngineDescription("hum").retries(-1)

            override fun generate(brief: Brief, sink: Sink) {
                val samples = FloatArray(brief.frames.toInt()) {
                    (0.1 * Math.sin(it * 2 * Math.PI * 110 / brief.sampleRate)).toFloat()
                }
                sink.write(samples, 0, samples.size, 1)
            }
        }
        openService { storage(Storage.MEMORY).workerCount(1) }.use { service ->
            service.register(hum)
            service.start(Goal.FOCUS, 1) { small(); engine("hum") }.use { session ->
                assertEquals(EventType.SEGMENT_READY, session.events().first().type)
                session.snapshot().use { assertEquals("hum", it.segment(0).engine) }
            }
        }
    }
}
